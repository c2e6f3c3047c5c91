namespace Klanten.Core.Ports;

/// <summary>
/// The lease of one instance on an outbox entry: with it the store finds the entry again and checks that no other
/// instance has taken it over. What it holds is the store's own business.
/// </summary>
public abstract record OutboxLease;
