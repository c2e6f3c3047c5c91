using Klanten.Core.Ports;

namespace Klanten.Core.UseCases;

/// <summary>
/// What a consumer demands of the klant that it changes or removes (RFC 9110, 13.1.1). A use case tests the version that its
/// commit replaces, so that no change of another request is lost in between.
/// </summary>
/// <param name="klant">The klant as the use case read it.</param>
/// <returns>Whether the write may be made.</returns>
public delegate bool Precondition(StoredKlant klant);
