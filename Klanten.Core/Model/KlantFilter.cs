using Klanten.Core.Fields;

namespace Klanten.Core.Model;

/// <summary>A query parameter of klant_list that klanten can be found by.</summary>
/// <param name="Parameter">Name of the parameter, case-sensitive.</param>
/// <param name="Read">The value of a klant that the filter compares with; null or <c>""</c> when it has none.</param>
public sealed record FilterField(string Parameter, Func<Klant, string?> Read)
{
    /// <summary>What a value must satisfy; without a rule any value will do.</summary>
    public Rule? Rule { get; init; }

    /// <summary>The only values allowed, compared untrimmed; null when any value will do.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Reads a value of the parameter: null when it filters nothing.</summary>
    public string? Take(string value, ICollection<FieldError> errors)
    {
        if (Choices is not null)
        {
            if (value.Length > 0 && !Choices.Contains(value)) errors.Add(FieldError.NotAChoice(Parameter));
            return value.Length == 0 ? null : value;
        }
        var text = Text.Trim(value);
        if (text.Length == 0) return null;
        if (Rule?.Invoke(text) is { } violation) errors.Add(new(Parameter, violation.Code, violation.Reason));
        if (text.Contains('\0')) errors.Add(FieldError.NullCharacter(Parameter));
        return text;
    }
}

/// <summary>The filters of klant_list, one row each, in the order of the OpenAPI document.</summary>
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
    public static readonly FilterField InpBsn = new("subjectNatuurlijkPersoon__inpBsn", k => (k.SubjectIdentificatie as NatuurlijkPersoon)?.InpBsn);
    public static readonly FilterField AnpIdentificatie = new("subjectNatuurlijkPersoon__anpIdentificatie", k => (k.SubjectIdentificatie as NatuurlijkPersoon)?.AnpIdentificatie);
    public static readonly FilterField InpANummer = new("subjectNatuurlijkPersoon__inpA_nummer", k => (k.SubjectIdentificatie as NatuurlijkPersoon)?.InpANummer);
    public static readonly FilterField InnNnpId = new("subjectNietNatuurlijkPersoon__innNnpId", k => (k.SubjectIdentificatie as NietNatuurlijkPersoon)?.InnNnpId);
    public static readonly FilterField AnnIdentificatie = new("subjectNietNatuurlijkPersoon__annIdentificatie", k => (k.SubjectIdentificatie as NietNatuurlijkPersoon)?.AnnIdentificatie);
    public static readonly FilterField VestigingsNummer = new("subjectVestiging__vestigingsNummer", k => (k.SubjectIdentificatie as Vestiging)?.VestigingsNummer);

    public static IReadOnlyList<FilterField> All { get; } =
    [
        Bronorganisatie, Klantnummer, Bedrijfsnaam, Functie, Achternaam, Telefoonnummer, Emailadres, Straatnaam, Postcode,
        Woonplaatsnaam, Landcode, Subject, Type, InpBsn, AnpIdentificatie, InpANummer, InnNnpId, AnnIdentificatie, VestigingsNummer,
    ];
}

/// <summary>What a klant must be to appear in a list: equal, case-sensitively, to every given value.</summary>
/// <param name="Criteria">At most one value a field, in the order of <see cref="FilterFields.All"/>.</param>
public sealed record KlantFilter(IReadOnlyList<(FilterField Field, string Value)> Criteria)
{
    public static readonly KlantFilter None = new([]);

    /// <summary>The value asked for, or null when the field is not filtered on.</summary>
    public string? this[FilterField field]
    {
        get
        {
            foreach (var (candidate, value) in Criteria)
                if (candidate == field) return value;
            return null;
        }
    }

    /// <summary>
    /// Reads the filters out of decoded query parameters: of a repeated one the last counts, a blank one filters nothing,
    /// an unknown one is ignored.
    /// </summary>
    /// <param name="parameters">Last value by name; names are compared case-sensitively.</param>
    /// <param name="errors">Receives every error, in the order of the fields.</param>
    public static KlantFilter Read(IReadOnlyDictionary<string, string> parameters, ICollection<FieldError> errors)
    {
        if (parameters.Count == 0) return None;
        var criteria = new List<(FilterField, string)>();
        foreach (var field in FilterFields.All)
            if (parameters.TryGetValue(field.Parameter, out var value) && field.Take(value, errors) is { } text)
                criteria.Add((field, text));
        return criteria.Count == 0 ? None : new(criteria);
    }
}
