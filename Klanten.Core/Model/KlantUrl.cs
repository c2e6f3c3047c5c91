namespace Klanten.Core.Model;

/// <summary>The public address of the klanten, as one consumer reaches them.</summary>
/// <param name="Prefix">An absolute URL ending in "/klanten/".</param>
public readonly record struct KlantUrl(string Prefix)
{
    public string Of(KlantId id) => Prefix + id;
}
