namespace Klanten.Core.Model;

/// <summary>
/// The identification of the subject of a klant, for a subject that no other register has. Each subjectType has its shape.
/// </summary>
public abstract record SubjectIdentificatie;

/// <summary>The identification of a natural person (schema NatuurlijkPersoon).</summary>
public sealed record NatuurlijkPersoon : SubjectIdentificatie
{
    public string InpBsn { get; init; } = "";
    public string AnpIdentificatie { get; init; } = "";
    public string InpANummer { get; init; } = "";
    public string Geslachtsnaam { get; init; } = "";
    public string VoorvoegselGeslachtsnaam { get; init; } = "";
    public string Voorletters { get; init; } = "";
    public string Voornamen { get; init; } = "";
    public string Geslachtsaanduiding { get; init; } = "";
    public string Geboortedatum { get; init; } = "";
    public Verblijfsadres? Verblijfsadres { get; init; }
    public SubVerblijfBuitenland? SubVerblijfBuitenland { get; init; }
}

/// <summary>The identification of an organisation (schema NietNatuurlijkPersoon).</summary>
public sealed record NietNatuurlijkPersoon : SubjectIdentificatie
{
    public string InnNnpId { get; init; } = "";
    public string AnnIdentificatie { get; init; } = "";
    public string StatutaireNaam { get; init; } = "";
    public string InnRechtsvorm { get; init; } = "";
    public string Bezoekadres { get; init; } = "";
    public SubVerblijfBuitenland? SubVerblijfBuitenland { get; init; }
}

/// <summary>The identification of a branch (schema Vestiging).</summary>
public sealed record Vestiging : SubjectIdentificatie
{
    public string VestigingsNummer { get; init; } = "";
    public IReadOnlyList<string> Handelsnaam { get; init; } = [];
    public Verblijfsadres? Verblijfsadres { get; init; }
    public SubVerblijfBuitenland? SubVerblijfBuitenland { get; init; }
}
