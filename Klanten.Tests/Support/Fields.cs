using System.Text.Json.Nodes;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Support;

/// <summary>A field by its place in the body of a klant of some type.</summary>
/// <param name="SubjectType">Type of the klanten that have it.</param>
/// <param name="Path">Dotted path.</param>
/// <param name="Max">Longest allowed text.</param>
/// <param name="Necessary">Whether it may not be empty.</param>
public sealed record TextField(string SubjectType, string Path, int Max, bool Necessary);

/// <summary>The fields of the standard, written down once more: not taken from the program.</summary>
public static class Fields
{
    private const string Klant = """
        klantnummer 8!
        bedrijfsnaam 200
        functie 200
        voornaam 200
        voorvoegselAchternaam 10
        achternaam 200
        telefoonnummer 20
        adres.straatnaam 100
        adres.huisletter 1
        adres.huisnummertoevoeging 4
        adres.postcode 7
        adres.woonplaatsnaam 80
        adres.landcode 4
        """;

    private const string NatuurlijkPersoon = """
        subjectIdentificatie.anpIdentificatie 17
        subjectIdentificatie.geslachtsnaam 200
        subjectIdentificatie.voorvoegselGeslachtsnaam 80
        subjectIdentificatie.voorletters 20
        subjectIdentificatie.voornamen 200
        subjectIdentificatie.geboortedatum 18
        """;

    private const string NietNatuurlijkPersoon = """
        subjectIdentificatie.annIdentificatie 17
        subjectIdentificatie.statutaireNaam 500
        subjectIdentificatie.bezoekadres 1000
        """;

    private const string Vestiging = """
        subjectIdentificatie.vestigingsNummer 24
        """;

    private const string Verblijfsadres = """
        subjectIdentificatie.verblijfsadres.aoaIdentificatie 100!
        subjectIdentificatie.verblijfsadres.wplWoonplaatsNaam 80
        subjectIdentificatie.verblijfsadres.gorOpenbareRuimteNaam 80!
        subjectIdentificatie.verblijfsadres.aoaPostcode 7
        subjectIdentificatie.verblijfsadres.aoaHuisletter 1
        subjectIdentificatie.verblijfsadres.aoaHuisnummertoevoeging 4
        subjectIdentificatie.verblijfsadres.inpLocatiebeschrijving 1000
        """;

    private const string SubVerblijfBuitenland = """
        subjectIdentificatie.subVerblijfBuitenland.lndLandcode 4!
        subjectIdentificatie.subVerblijfBuitenland.lndLandnaam 40!
        subjectIdentificatie.subVerblijfBuitenland.subAdresBuitenland1 35
        subjectIdentificatie.subVerblijfBuitenland.subAdresBuitenland2 35
        subjectIdentificatie.subVerblijfBuitenland.subAdresBuitenland3 35
        """;

    /// <summary>Texts with no rule but their length; an exclamation mark means that they may not be empty.</summary>
    private static readonly TextField[] AllTexts =
    [
        .. Rows(NatuurlijkPersoonType, Klant, NatuurlijkPersoon, Verblijfsadres, SubVerblijfBuitenland),
        .. Rows(NietNatuurlijkPersoonType, NietNatuurlijkPersoon, SubVerblijfBuitenland),
        .. Rows(VestigingType, Vestiging, Verblijfsadres, SubVerblijfBuitenland),
    ];

    /// <summary>subjectType, path, longest allowed.</summary>
    public static TheoryData<string, string, int> TextsWithMaximum => [.. AllTexts.Select(t => (t.SubjectType, t.Path, t.Max))];

    /// <summary>subjectType, path.</summary>
    public static TheoryData<string, string> Texts => Paths(_ => true);

    public static TheoryData<string, string> OptionalTexts => Paths(t => !t.Necessary);

    public static TheoryData<string, string> NecessaryTexts => Paths(t => t.Necessary);

    public static TheoryData<string, string> Integers =>
    [
        (NatuurlijkPersoonType, "adres.huisnummer"),
        (NatuurlijkPersoonType, "subjectIdentificatie.verblijfsadres.aoaHuisnummer"),
        (VestigingType, "subjectIdentificatie.verblijfsadres.aoaHuisnummer"),
    ];

    /// <summary>The name of a field in invalidParams: the reference spells some otherwise than the key.</summary>
    public static string ErrorName(string path) => path
        .Replace("inpANummer", "inpA_nummer", StringComparison.Ordinal)
        .Replace("subAdresBuitenland", "subAdresBuitenland_", StringComparison.Ordinal);

    /// <summary>Sends a complete klant in which one field has this value, as JSON between single quotes.</summary>
    public static Task<Answer> PostField(this Consumer consumer, string subjectType, string rsin, string path, string json) =>
        consumer.Post(Volledig(subjectType, rsin).With(path, Json.Of(json)));

    /// <summary>The value is taken, and shown as the second one.</summary>
    public static async Task ShouldShow(this Task<Answer> answer, string path, JsonNode? shown) =>
        (await answer).ShouldBe(201).Body.At(path).ShouldEqual(shown);

    /// <summary>The value is refused, for these reasons and no others; without one it is taken.</summary>
    public static async Task ShouldRefuse(this Task<Answer> answer, string path, params string[] codes) =>
        (await answer).ShouldBeInvalid(ErrorName(path), codes);

    private static TheoryData<string, string> Paths(Func<TextField, bool> chosen) =>
        [.. AllTexts.Where(chosen).Select(t => (t.SubjectType, t.Path))];

    private static IEnumerable<TextField> Rows(string subjectType, params string[] tables) =>
        from row in string.Join('\n', tables).Split('\n')
        let parts = row.TrimEnd('!').Split(' ')
        select new TextField(
            subjectType, parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), row.EndsWith('!'));
}
