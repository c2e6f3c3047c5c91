namespace Klanten.Core.Model;

/// <summary>A message for kanaal <c>klanten</c> of the Notificaties API, waiting in the outbox.</summary>
/// <param name="Klant">Whose messages are delivered in order.</param>
/// <param name="HoofdObject">URL of the klant, as the consumer that changed it knows it.</param>
/// <param name="Actie">What was done.</param>
/// <param name="Aanmaakdatum">When, in UTC.</param>
/// <param name="SubjectType">The one kenmerk of the kanaal.</param>
public sealed record Notificatie(KlantId Klant, string HoofdObject, Actie Actie, DateTimeOffset Aanmaakdatum, string? SubjectType);
