using Klanten.Core.Fields;
using static Klanten.Core.Fields.Rules;

namespace Klanten.Core.Model;

/// <summary>
/// The fields of a klant and its groups, one row for each field, in the order of the representation. A row holds the name,
/// the property, the limits and the rules; validation, merging, reading and writing all follow these tables (ADR 1).
/// </summary>
/// <remarks>Sources: the schemas of the Klanten API 1.0.0, and the recorded behaviour of its reference implementation.</remarks>
public static class KlantFields
{
    /// <summary>
    /// The standard has no limit. This one, far above what a vestiging has, bounds a klant: with texts of the maximum length, in
    /// characters that take six bytes as JSON, a klant takes 405 kB (ADR 24).
    /// </summary>
    private const int MaxHandelsnamen = 100;

    private static readonly string[] Geslachten = ["m", "v", "o"];

    private static readonly string[] Rechtsvormen =
    [
        "besloten_vennootschap", "cooperatie_europees_economische_samenwerking", "europese_cooperatieve_venootschap",
        "europese_naamloze_vennootschap", "kerkelijke_organisatie", "naamloze_vennootschap",
        "onderlinge_waarborg_maatschappij", "overig_privaatrechtelijke_rechtspersoon", "stichting", "vereniging",
        "vereniging_van_eigenaars", "publiekrechtelijke_rechtspersoon", "vennootschap_onder_firma", "maatschap",
        "rederij", "commanditaire_vennootschap", "kapitaalvennootschap_binnen_eer",
        "overige_buitenlandse_rechtspersoon_vennootschap", "kapitaalvennootschap_buiten_eer",
    ];

    public static readonly FieldGroup<Adres> Adres = new(
        new TextField<Adres>("straatnaam", 100, a => a.Straatnaam, (a, v) => a with { Straatnaam = v }),
        new IntegerField<Adres>("huisnummer", 0, 99999, a => a.Huisnummer, (a, v) => a with { Huisnummer = v }),
        new TextField<Adres>("huisletter", 1, a => a.Huisletter, (a, v) => a with { Huisletter = v }),
        new TextField<Adres>("huisnummertoevoeging", 4, a => a.Huisnummertoevoeging, (a, v) => a with { Huisnummertoevoeging = v }),
        new TextField<Adres>("postcode", 7, a => a.Postcode, (a, v) => a with { Postcode = v }),
        new TextField<Adres>("woonplaatsnaam", 80, a => a.Woonplaatsnaam, (a, v) => a with { Woonplaatsnaam = v }),
        new TextField<Adres>("landcode", 4, a => a.Landcode, (a, v) => a with { Landcode = v }));

    public static readonly FieldGroup<Verblijfsadres> Verblijfsadres = new(
        new TextField<Verblijfsadres>("aoaIdentificatie", 100, v => v.AoaIdentificatie, (v, w) => v with { AoaIdentificatie = w })
        {
            Required = true,
            AllowBlank = false,
        },
        new TextField<Verblijfsadres>("wplWoonplaatsNaam", 80, v => v.WplWoonplaatsNaam, (v, w) => v with { WplWoonplaatsNaam = w }),
        new TextField<Verblijfsadres>(
            "gorOpenbareRuimteNaam", 80, v => v.GorOpenbareRuimteNaam, (v, w) => v with { GorOpenbareRuimteNaam = w })
        {
            Required = true,
            AllowBlank = false,
        },
        new TextField<Verblijfsadres>("aoaPostcode", 7, v => v.AoaPostcode, (v, w) => v with { AoaPostcode = w }),
        new IntegerField<Verblijfsadres>("aoaHuisnummer", 0, 99999, v => v.AoaHuisnummer, (v, w) => v with { AoaHuisnummer = w }),
        new TextField<Verblijfsadres>("aoaHuisletter", 1, v => v.AoaHuisletter, (v, w) => v with { AoaHuisletter = w }),
        new TextField<Verblijfsadres>(
            "aoaHuisnummertoevoeging", 4, v => v.AoaHuisnummertoevoeging, (v, w) => v with { AoaHuisnummertoevoeging = w }),
        new TextField<Verblijfsadres>(
            "inpLocatiebeschrijving", 1000, v => v.InpLocatiebeschrijving, (v, w) => v with { InpLocatiebeschrijving = w }));

    public static readonly FieldGroup<SubVerblijfBuitenland> SubVerblijfBuitenland = new(
        new TextField<SubVerblijfBuitenland>("lndLandcode", 4, s => s.LndLandcode, (s, v) => s with { LndLandcode = v })
        {
            Required = true,
            AllowBlank = false,
        },
        new TextField<SubVerblijfBuitenland>("lndLandnaam", 40, s => s.LndLandnaam, (s, v) => s with { LndLandnaam = v })
        {
            Required = true,
            AllowBlank = false,
        },
        new TextField<SubVerblijfBuitenland>(
            "subAdresBuitenland1", 35, s => s.SubAdresBuitenland1, (s, v) => s with { SubAdresBuitenland1 = v })
        {
            ErrorName = "subAdresBuitenland_1",
        },
        new TextField<SubVerblijfBuitenland>(
            "subAdresBuitenland2", 35, s => s.SubAdresBuitenland2, (s, v) => s with { SubAdresBuitenland2 = v })
        {
            ErrorName = "subAdresBuitenland_2",
        },
        new TextField<SubVerblijfBuitenland>(
            "subAdresBuitenland3", 35, s => s.SubAdresBuitenland3, (s, v) => s with { SubAdresBuitenland3 = v })
        {
            ErrorName = "subAdresBuitenland_3",
        });

    public static readonly FieldGroup<NatuurlijkPersoon> NatuurlijkPersoon = new(
        new TextField<NatuurlijkPersoon>("inpBsn", 9, p => p.InpBsn, (p, v) => p with { InpBsn = v }) { Rule = Elfproef },
        new TextField<NatuurlijkPersoon>("anpIdentificatie", 17, p => p.AnpIdentificatie, (p, v) => p with { AnpIdentificatie = v }),
        new TextField<NatuurlijkPersoon>("inpANummer", 10, p => p.InpANummer, (p, v) => p with { InpANummer = v })
        {
            Rule = ANummer,
            ErrorName = "inpA_nummer",
        },
        new TextField<NatuurlijkPersoon>("geslachtsnaam", 200, p => p.Geslachtsnaam, (p, v) => p with { Geslachtsnaam = v }),
        new TextField<NatuurlijkPersoon>(
            "voorvoegselGeslachtsnaam", 80, p => p.VoorvoegselGeslachtsnaam, (p, v) => p with { VoorvoegselGeslachtsnaam = v }),
        new TextField<NatuurlijkPersoon>("voorletters", 20, p => p.Voorletters, (p, v) => p with { Voorletters = v }),
        new TextField<NatuurlijkPersoon>("voornamen", 200, p => p.Voornamen, (p, v) => p with { Voornamen = v }),
        new ChoiceField<NatuurlijkPersoon>(
            "geslachtsaanduiding", Geslachten, p => p.Geslachtsaanduiding, (p, v) => p with { Geslachtsaanduiding = v ?? "" }),
        new TextField<NatuurlijkPersoon>("geboortedatum", 18, p => p.Geboortedatum, (p, v) => p with { Geboortedatum = v }),
        new GroupField<NatuurlijkPersoon, Verblijfsadres>(
            "verblijfsadres", Verblijfsadres, p => p.Verblijfsadres, (p, v) => p with { Verblijfsadres = v }),
        new GroupField<NatuurlijkPersoon, SubVerblijfBuitenland>(
            "subVerblijfBuitenland", SubVerblijfBuitenland, p => p.SubVerblijfBuitenland, (p, v) => p with { SubVerblijfBuitenland = v }));

    public static readonly FieldGroup<NietNatuurlijkPersoon> NietNatuurlijkPersoon = new(
        new TextField<NietNatuurlijkPersoon>("innNnpId", 9, p => p.InnNnpId, (p, v) => p with { InnNnpId = v }) { Rule = Elfproef },
        new TextField<NietNatuurlijkPersoon>("annIdentificatie", 17, p => p.AnnIdentificatie, (p, v) => p with { AnnIdentificatie = v }),
        new TextField<NietNatuurlijkPersoon>("statutaireNaam", 500, p => p.StatutaireNaam, (p, v) => p with { StatutaireNaam = v }),
        new ChoiceField<NietNatuurlijkPersoon>(
            "innRechtsvorm", Rechtsvormen, p => p.InnRechtsvorm, (p, v) => p with { InnRechtsvorm = v ?? "" }),
        new TextField<NietNatuurlijkPersoon>("bezoekadres", 1000, p => p.Bezoekadres, (p, v) => p with { Bezoekadres = v }),
        new GroupField<NietNatuurlijkPersoon, SubVerblijfBuitenland>(
            "subVerblijfBuitenland", SubVerblijfBuitenland, p => p.SubVerblijfBuitenland, (p, v) => p with { SubVerblijfBuitenland = v }));

    public static readonly FieldGroup<Vestiging> Vestiging = new(
        new TextField<Vestiging>("vestigingsNummer", 24, v => v.VestigingsNummer, (v, w) => v with { VestigingsNummer = w }),
        new TextListField<Vestiging>("handelsnaam", MaxHandelsnamen, 625, v => v.Handelsnaam, (v, w) => v with { Handelsnaam = w }),
        new GroupField<Vestiging, Verblijfsadres>(
            "verblijfsadres", Verblijfsadres, v => v.Verblijfsadres, (v, w) => v with { Verblijfsadres = w }),
        new GroupField<Vestiging, SubVerblijfBuitenland>(
            "subVerblijfBuitenland", SubVerblijfBuitenland, v => v.SubVerblijfBuitenland, (v, w) => v with { SubVerblijfBuitenland = w }));

    /// <summary>The fields that every klant has; subjectIdentificatie follows them and depends on subjectType.</summary>
    public static readonly FieldGroup<Klant> Base = new(
        new TextField<Klant>("bronorganisatie", 9, k => k.Bronorganisatie, (k, v) => k with { Bronorganisatie = v })
        {
            Required = true,
            AllowBlank = false,
            Rule = Elfproef,
        },
        new TextField<Klant>("klantnummer", 8, k => k.Klantnummer, (k, v) => k with { Klantnummer = v }) { AllowBlank = false },
        new TextField<Klant>("bedrijfsnaam", 200, k => k.Bedrijfsnaam, (k, v) => k with { Bedrijfsnaam = v }),
        new TextField<Klant>("functie", 200, k => k.Functie, (k, v) => k with { Functie = v }),
        new TextField<Klant>("websiteUrl", 1000, k => k.WebsiteUrl, (k, v) => k with { WebsiteUrl = v })
        {
            Required = true,
            AllowBlank = false,
            RuleAfterLength = WebUrl,
        },
        new TextField<Klant>("voornaam", 200, k => k.Voornaam, (k, v) => k with { Voornaam = v }),
        new TextField<Klant>("voorvoegselAchternaam", 10, k => k.VoorvoegselAchternaam, (k, v) => k with { VoorvoegselAchternaam = v }),
        new TextField<Klant>("achternaam", 200, k => k.Achternaam, (k, v) => k with { Achternaam = v }),
        new TextField<Klant>("telefoonnummer", 20, k => k.Telefoonnummer, (k, v) => k with { Telefoonnummer = v }),
        new TextField<Klant>("emailadres", 254, k => k.Emailadres, (k, v) => k with { Emailadres = v }) { RuleAfterLength = Email },
        new GroupField<Klant, Adres>("adres", Adres, k => k.Adres, (k, v) => k with { Adres = v }),
        new TextField<Klant>("subject", 1000, k => k.Subject, (k, v) => k with { Subject = v }) { Rule = WebUrl },
        new ChoiceField<Klant>("subjectType", SubjectType.All, k => k.SubjectType, (k, v) => k with { SubjectType = v })
        {
            AllowNull = true,
        });

    private static readonly IdentificatieFields<NatuurlijkPersoon> NatuurlijkPersoonIdentificatie = new(NatuurlijkPersoon);
    private static readonly IdentificatieFields<NietNatuurlijkPersoon> NietNatuurlijkPersoonIdentificatie = new(NietNatuurlijkPersoon);
    private static readonly IdentificatieFields<Vestiging> VestigingIdentificatie = new(Vestiging);

    /// <summary>The shape of subjectIdentificatie for a subjectType; null when the type is null or empty.</summary>
    public static IIdentificatieFields? IdentificatieFor(string? subjectType) => subjectType switch
    {
        SubjectType.NatuurlijkPersoon => NatuurlijkPersoonIdentificatie,
        SubjectType.NietNatuurlijkPersoon => NietNatuurlijkPersoonIdentificatie,
        SubjectType.Vestiging => VestigingIdentificatie,
        _ => null,
    };
}
