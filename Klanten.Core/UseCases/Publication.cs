namespace Klanten.Core.UseCases;

/// <summary>
/// Whether writes leave a notification in the outbox. It is off when no Notificaties API is configured, because the outbox
/// would then grow without end.
/// </summary>
public sealed record Publication(bool Enabled);
