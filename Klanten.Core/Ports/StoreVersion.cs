namespace Klanten.Core.Ports;

/// <summary>
/// The version of a stored klant, for optimistic concurrency. Each write gives the klant another version. The content is
/// opaque: each store has a type of its own.
/// </summary>
public abstract record StoreVersion;
