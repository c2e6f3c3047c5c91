namespace Klanten.Core.UseCases;

/// <summary>Whether writes leave a notification in the outbox. Without a Notificaties API nothing would ever take it out.</summary>
public sealed record Publication(bool Enabled);
