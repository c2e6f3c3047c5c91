namespace Klanten.Core.Model;

/// <summary>What identifies the subject of a klant where no API can be pointed to: one shape per subjectType.</summary>
public abstract record SubjectIdentificatie;

/// <summary>Identification of a natural person (schema NatuurlijkPersoon).</summary>
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

/// <summary>Identification of an organisation (schema NietNatuurlijkPersoon).</summary>
public sealed record NietNatuurlijkPersoon : SubjectIdentificatie
{
    public string InnNnpId { get; init; } = "";
    public string AnnIdentificatie { get; init; } = "";
    public string StatutaireNaam { get; init; } = "";
    public string InnRechtsvorm { get; init; } = "";
    public string Bezoekadres { get; init; } = "";
    public SubVerblijfBuitenland? SubVerblijfBuitenland { get; init; }
}

/// <summary>Identification of a branch (schema Vestiging).</summary>
public sealed record Vestiging : SubjectIdentificatie
{
    public string VestigingsNummer { get; init; } = "";
    public IReadOnlyList<string> Handelsnaam { get; init; } = [];
    public Verblijfsadres? Verblijfsadres { get; init; }
    public SubVerblijfBuitenland? SubVerblijfBuitenland { get; init; }
}
