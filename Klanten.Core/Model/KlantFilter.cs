using Klanten.Core.Fields;

namespace Klanten.Core.Model;

/// <summary>How a filter compares the value of a klant with its own; texts are compared by their characters.</summary>
public enum Comparison
{
    Equal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// <summary>A query parameter of klant_list on which klanten are filtered.</summary>
/// <param name="Parameter">The name of the parameter, case-sensitive.</param>
/// <param name="Read">Reads the value of a klant with which the filter is compared; null or <c>""</c> when it has none.</param>
public sealed record FilterField(string Parameter, Func<Klant, string?> Read)
{
    /// <summary>The rule that a value must satisfy; null when every value is allowed.</summary>
    public Rule? Rule { get; init; }

    /// <summary>How the value of a klant is compared. A klant without a value never matches.</summary>
    public Comparison Comparison { get; init; }

    /// <summary>The only values allowed, compared without trimming; null when every value is allowed.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Parses a value of the parameter and adds an error when it is not allowed.</summary>
    /// <returns>The value to filter on, or null when the parameter is blank and filters nothing.</returns>
    public string? Parse(string value, ICollection<FieldError> errors)
    {
        if (Choices is not null)
        {
            if (value.Length > 0 && !Choices.Contains(value)) errors.Add(FieldError.NotAChoice(Parameter));
            return value.Length == 0 ? null : value;
        }
        var text = JsonText.Trim(value);
        if (text.Length == 0) return null;
        if (Rule?.Invoke(text) is { } violation) errors.Add(new(Parameter, violation.Code, violation.Reason));
        if (text.Contains('\0')) errors.Add(FieldError.NullCharacter(Parameter));
        return text;
    }
}

/// <summary>The filters of klant_list, in the order of the OpenAPI document.</summary>
public static class FilterFields
{
    public static readonly FilterField Bronorganisatie = new("bronorganisatie", k => k.Bronorganisatie) { Rule = Rules.Elfproef };
    public static readonly FilterField Klantnummer = new("klantnummer", k => k.Klantnummer);
    public static readonly FilterField Bedrijfsnaam = new("bedrijfsnaam", k => k.Bedrijfsnaam);
    public static readonly FilterField Functie = new("functie", k => k.Functie);
    public static readonly FilterField Achternaam = new("achternaam", k => k.Achternaam);
    public static readonly FilterField Telefoonnummer = new("telefoonnummer", k => k.Telefoonnummer);
    public static readonly FilterField Emailadres = new("emailadres", k => k.Emailadres);
    public static readonly FilterField Straatnaam = new("adres__straatnaam", k => k.Adres?.Straatnaam);
    public static readonly FilterField Postcode = new("adres__postcode", k => k.Adres?.Postcode);
    public static readonly FilterField Woonplaatsnaam = new("adres__woonplaatsNaam", k => k.Adres?.Woonplaatsnaam);
    public static readonly FilterField Landcode = new("adres__landcode", k => k.Adres?.Landcode);
    public static readonly FilterField Subject = new("subject", k => k.Subject) { Rule = Rules.WebUrl };
    public static readonly FilterField Type = new("subjectType", k => k.SubjectType) { Choices = SubjectType.All };
    public static readonly FilterField InpBsn = new(
        "subjectNatuurlijkPersoon__inpBsn", k => (k.SubjectIdentificatie as NatuurlijkPersoon)?.InpBsn);
    public static readonly FilterField AnpIdentificatie = new(
        "subjectNatuurlijkPersoon__anpIdentificatie", k => (k.SubjectIdentificatie as NatuurlijkPersoon)?.AnpIdentificatie);
    public static readonly FilterField InpANummer = new(
        "subjectNatuurlijkPersoon__inpA_nummer", k => (k.SubjectIdentificatie as NatuurlijkPersoon)?.InpANummer);
    public static readonly FilterField InnNnpId = new(
        "subjectNietNatuurlijkPersoon__innNnpId", k => (k.SubjectIdentificatie as NietNatuurlijkPersoon)?.InnNnpId);
    public static readonly FilterField AnnIdentificatie = new(
        "subjectNietNatuurlijkPersoon__annIdentificatie", k => (k.SubjectIdentificatie as NietNatuurlijkPersoon)?.AnnIdentificatie);
    public static readonly FilterField VestigingsNummer = new(
        "subjectVestiging__vestigingsNummer", k => (k.SubjectIdentificatie as Vestiging)?.VestigingsNummer);

    /// <summary>The filters that Open Klant 1.x has besides, on a date of birth as it was sent.</summary>
    public static IReadOnlyList<FilterField> Geboortedatum { get; } =
    [
        OnGeboortedatum("", Comparison.Equal),
        OnGeboortedatum("__gt", Comparison.Greater),
        OnGeboortedatum("__gte", Comparison.GreaterOrEqual),
        OnGeboortedatum("__lt", Comparison.Less),
        OnGeboortedatum("__lte", Comparison.LessOrEqual),
    ];

    public static IReadOnlyList<FilterField> All { get; } =
    [
        Bronorganisatie, Klantnummer, Bedrijfsnaam, Functie, Achternaam, Telefoonnummer, Emailadres, Straatnaam, Postcode,
        Woonplaatsnaam, Landcode, Subject, Type, InpBsn, AnpIdentificatie, InpANummer, InnNnpId, AnnIdentificatie, VestigingsNummer,
    ];

    private static FilterField OnGeboortedatum(string suffix, Comparison comparison) => new(
        "subjectNatuurlijkPersoon__geboortedatum" + suffix, k => (k.SubjectIdentificatie as NatuurlijkPersoon)?.Geboortedatum)
    {
        Comparison = comparison,
    };
}

/// <summary>A filter for lists: a klant matches when it compares to every value given as asked, case-sensitively.</summary>
/// <param name="Criteria">At most one value for each field, in the order of the fields.</param>
public sealed record KlantFilter(IReadOnlyList<(FilterField Field, string Value)> Criteria)
{
    public static readonly KlantFilter None = new([]);

    /// <summary>The value to filter the field on, or null when the field is not filtered on.</summary>
    public string? this[FilterField field]
    {
        get
        {
            foreach (var (candidate, value) in Criteria)
            {
                if (ReferenceEquals(candidate, field)) return value;
            }
            return null;
        }
    }

    /// <summary>
    /// Parses the filters out of decoded query parameters. The last value of a repeated parameter counts, a blank value
    /// filters nothing, and unknown parameters are ignored.
    /// </summary>
    /// <param name="parameters">The last value by name; names are compared case-sensitively.</param>
    /// <param name="fields">The fields that may be filtered on.</param>
    /// <param name="errors">Receives every error, in the order of the fields.</param>
    public static KlantFilter Parse(
        IReadOnlyDictionary<string, string> parameters, IReadOnlyList<FilterField> fields, ICollection<FieldError> errors)
    {
        if (parameters.Count == 0) return None;
        var criteria = new List<(FilterField, string)>();
        foreach (var field in fields)
        {
            if (!parameters.TryGetValue(field.Parameter, out var value)) continue;
            if (field.Parse(value, errors) is { } text) criteria.Add((field, text));
        }
        return criteria.Count == 0 ? None : new(criteria);
    }
}
