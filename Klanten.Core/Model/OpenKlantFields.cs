using Klanten.Core.Fields;

namespace Klanten.Core.Model;

/// <summary>The tables of a klant as Open Klant 1.x has them: those of the standard, with more fields and fewer rules (ADR 31).</summary>
/// <remarks>Source: the data model and the OpenAPI document of Open Klant 1.0.0.</remarks>
public static class OpenKlantFields
{
    /// <summary>The fields that the standard does not have. They come last in a representation.</summary>
    public static readonly FieldGroup<Klant> Added = new(
        new TextField<Klant>("aanmaakkanaal", 50, k => k.Aanmaakkanaal, (k, v) => k with { Aanmaakkanaal = v }),
        new BooleanField<Klant>("geverifieerd", k => k.Geverifieerd, (k, v) => k with { Geverifieerd = v }));

    /// <summary>Whether the klant has a value in one of these fields.</summary>
    public static bool AreAddedTo(Klant klant) => klant.Aanmaakkanaal.Length > 0 || klant.Geverifieerd;

    public static readonly FieldGroup<Klant> Base = new([.. Replace(KlantFields.Base, WebsiteUrl), .. Added.Fields]);

    public static readonly FieldGroup<NietNatuurlijkPersoon> NietNatuurlijkPersoon =
        new([.. Replace(KlantFields.NietNatuurlijkPersoon, InnNnpId)]);

    private static readonly IdentificatieFields<NietNatuurlijkPersoon> NietNatuurlijkPersoonIdentificatie = new(NietNatuurlijkPersoon);

    private static TextField<Klant> WebsiteUrl =>
        new("websiteUrl", 1000, k => k.WebsiteUrl, (k, v) => k with { WebsiteUrl = v }) { RuleAfterLength = Rules.WebUrl };

    /// <summary>The e-Suite and its clients keep the KvK number here.</summary>
    private static TextField<NietNatuurlijkPersoon> InnNnpId =>
        new("innNnpId", 9, p => p.InnNnpId, (p, v) => p with { InnNnpId = v }) { Rule = Rules.RsinOrKvkNummer };

    /// <inheritdoc cref="KlantFields.IdentificatieFor"/>
    public static IIdentificatieFields? IdentificatieFor(string? subjectType) =>
        subjectType == SubjectType.NietNatuurlijkPersoon ? NietNatuurlijkPersoonIdentificatie : KlantFields.IdentificatieFor(subjectType);

    private static IEnumerable<Field<T>> Replace<T>(FieldGroup<T> group, Field<T> field) where T : class, new() =>
        group.Fields.Select(standard => standard.Name == field.Name ? field : standard);
}
