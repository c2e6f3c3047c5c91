namespace Klanten.Core.Model;

/// <summary>A message for kanaal <c>klanten</c> of the Notificaties API, waiting in the outbox.</summary>
/// <param name="Klant">The klant that was written; messages of one klant are delivered in the order of its writes.</param>
/// <param name="HoofdObject">The URL of the klant at the address of the request that changed it.</param>
/// <param name="Actie">The write.</param>
/// <param name="Aanmaakdatum">The moment of the write, in UTC.</param>
/// <param name="SubjectType">The value of <c>subject_type</c>, the only kenmerk of the kanaal.</param>
public sealed record Notificatie(KlantId Klant, string HoofdObject, Actie Actie, DateTimeOffset Aanmaakdatum, string? SubjectType);
