namespace Klanten.Core.Model;

/// <summary>An address as the klant gave it, possibly abroad (schema KlantAdres).</summary>
public sealed record Adres
{
    public string Straatnaam { get; init; } = "";
    public int? Huisnummer { get; init; }
    public string Huisletter { get; init; } = "";
    public string Huisnummertoevoeging { get; init; } = "";
    public string Postcode { get; init; } = "";
    public string Woonplaatsnaam { get; init; } = "";
    public string Landcode { get; init; } = "";
}

/// <summary>The address where a subject lives or resides (schema VerblijfsAdres).</summary>
public sealed record Verblijfsadres
{
    public string AoaIdentificatie { get; init; } = "";
    public string WplWoonplaatsNaam { get; init; } = "";
    public string GorOpenbareRuimteNaam { get; init; } = "";
    public string AoaPostcode { get; init; } = "";
    public int? AoaHuisnummer { get; init; }
    public string AoaHuisletter { get; init; } = "";
    public string AoaHuisnummertoevoeging { get; init; } = "";
    public string InpLocatiebeschrijving { get; init; } = "";
}

/// <summary>A residence abroad (schema SubVerblijfBuitenland).</summary>
public sealed record SubVerblijfBuitenland
{
    public string LndLandcode { get; init; } = "";
    public string LndLandnaam { get; init; } = "";
    public string SubAdresBuitenland1 { get; init; } = "";
    public string SubAdresBuitenland2 { get; init; } = "";
    public string SubAdresBuitenland3 { get; init; } = "";
}
