namespace Klanten.Core.Ports;

/// <summary>
/// The version of a stored klant, for optimistic concurrency. Every write gives the klant another one. What it holds is
/// the store's own business; versions of one klant are equal when nothing was written in between.
/// </summary>
public abstract record StoreVersion;
