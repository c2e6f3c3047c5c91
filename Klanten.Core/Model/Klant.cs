namespace Klanten.Core.Model;

/// <summary>
/// A klant: a person, an organisation or a branch with which a government body is in contact, in unverified data (schema
/// Klant of the Klanten API 1.0.0). An absent text is <c>""</c>, as in the representation.
/// </summary>
/// <remarks><see cref="KlantFields"/> has the limits and rules of each property.</remarks>
public sealed record Klant
{
    /// <summary>The RSIN of the organisation that registered the klant.</summary>
    public string Bronorganisatie { get; init; } = "";

    /// <summary>
    /// The number of the klant, unique within <see cref="Bronorganisatie"/>; at most 8 characters, and <c>""</c> until one is
    /// generated.
    /// </summary>
    public string Klantnummer { get; init; } = "";

    public string Bedrijfsnaam { get; init; } = "";
    public string Functie { get; init; } = "";
    public string WebsiteUrl { get; init; } = "";
    public string Voornaam { get; init; } = "";
    public string VoorvoegselAchternaam { get; init; } = "";
    public string Achternaam { get; init; } = "";
    public string Telefoonnummer { get; init; } = "";
    public string Emailadres { get; init; } = "";
    public Adres? Adres { get; init; }

    /// <summary>The URL of the subject in another register, or <c>""</c>.</summary>
    public string Subject { get; init; } = "";

    /// <summary>One of <see cref="Model.SubjectType.All"/>, <c>""</c> or null; a consumer may send each of these.</summary>
    public string? SubjectType { get; init; }

    /// <summary>The identification of the subject, in the shape that <see cref="SubjectType"/> prescribes.</summary>
    public SubjectIdentificatie? SubjectIdentificatie { get; init; }

    /// <summary>The channel by which the klant was made; a field of Open Klant 1.x (<see cref="OpenKlantFields"/>).</summary>
    public string Aanmaakkanaal { get; init; } = "";

    /// <summary>Whether the data were verified; a field of Open Klant 1.x.</summary>
    public bool Geverifieerd { get; init; }

    /// <summary>The klant as "bronorganisatie - klantnummer", for audit trails.</summary>
    public string Weergave => $"{Bronorganisatie} - {Klantnummer}";
}

/// <summary>The three kinds of subject (enum subjectType of the standard).</summary>
public static class SubjectType
{
    public const string NatuurlijkPersoon = "natuurlijk_persoon";
    public const string NietNatuurlijkPersoon = "niet_natuurlijk_persoon";
    public const string Vestiging = "vestiging";

    public static IReadOnlyList<string> All { get; } = [NatuurlijkPersoon, NietNatuurlijkPersoon, Vestiging];
}
