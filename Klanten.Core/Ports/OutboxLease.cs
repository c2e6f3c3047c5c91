namespace Klanten.Core.Ports;

/// <summary>
/// The lease of this instance on an outbox entry. By it the store finds the entry again, and detects that another instance
/// has leased the entry since. The content is opaque: each store has a type of its own.
/// </summary>
public abstract record OutboxLease;
