namespace Klanten.Core.Model;

/// <summary>
/// A klant: a person, organisation or branch as known to a government body, in unverified data
/// (schema Klant of the Klanten API 1.0.0). Absent text is <c>""</c>, as in the representation.
/// </summary>
/// <remarks>The limits and rules of each property stand in <see cref="KlantFields"/>.</remarks>
public sealed record Klant
{
    /// <summary>RSIN of the organisation that registered the klant.</summary>
    public string Bronorganisatie { get; init; } = "";

    /// <summary>Identification within <see cref="Bronorganisatie"/>, at most 8 characters; <c>""</c> until one is given out.</summary>
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

    /// <summary>URL of the verified registration elsewhere, or <c>""</c>.</summary>
    public string Subject { get; init; } = "";

    /// <summary>One of <see cref="Model.SubjectType"/>, <c>""</c> or null; a consumer may send all three.</summary>
    public string? SubjectType { get; init; }

    /// <summary>What identifies the subject, in the shape that <see cref="SubjectType"/> prescribes.</summary>
    public SubjectIdentificatie? SubjectIdentificatie { get; init; }

    /// <summary>"bronorganisatie - klantnummer": how an audit trail names the klant.</summary>
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
