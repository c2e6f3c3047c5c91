using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>RSIN, BSN and A-nummer: their form, and the code of the error when a value does not have it.</summary>
public abstract class NumberedIdentities(KlantenApi api) : Chapter(api)
{
    private const string Bsn = "subjectIdentificatie.inpBsn";
    private const string Rechtspersoon = "subjectIdentificatie.innNnpId";
    private const string ANummer = "subjectIdentificatie.inpANummer";

    private static readonly (string SubjectType, string Path)[] Elfproef =
        [(NatuurlijkPersoonType, "bronorganisatie"), (NatuurlijkPersoonType, Bsn), (NietNatuurlijkPersoonType, Rechtspersoon)];

    private static readonly (string Json, string Number)[] Taken =
    [
        ("'517439943'", "517439943"), ("'123456782'", "123456782"), ("'000000000'", "000000000"), ("' 517439943 '", "517439943"),
        ("'\\t517439943\\n'", "517439943"), ("517439943", "517439943"), ("'012345672'", "012345672"),
    ];

    private static readonly (string Json, string Codes)[] Refused =
    [
        ("null", "null"), ("true", "invalid"), ("[]", "invalid"), ("{}", "invalid"), ("['517439943']", "invalid"),
        ("'517439944'", "invalid"), ("'123456789'", "invalid"), ("123456789", "invalid"), ("'999999999'", "invalid"),
        ("'1'", "invalid-length"), ("7", "invalid-length"), ("'12345678'", "invalid-length"), ("'0'", "invalid-length"),
        ("'1234567890'", "invalid-length max_length"), ("1234567890", "invalid-length max_length"),
        ("'12345678a'", "only-digits"), ("'abc'", "only-digits"), ("'-12345678'", "only-digits"), ("'51743 994'", "only-digits"),
        ("1.5", "only-digits"),
        ("'５１７４３９９４３'", "only-digits"), ("'517.439.943'", "only-digits max_length"), ("517439943.0", "only-digits max_length"),
        ("'\\u0000'", "only-digits null_characters_not_allowed"),
    ];

    public static TheoryData<string, string, string, string> TakenRows =>
        [.. from f in Elfproef from t in Taken select (f.SubjectType, f.Path, t.Json, t.Number)];

    public static TheoryData<string, string, string, string> RefusedRows =>
        [.. from f in Elfproef from r in Refused select (f.SubjectType, f.Path, r.Json, r.Codes)];

    [Theory]
    [MemberData(nameof(TakenRows))]
    public async Task Nine_digits_that_pass_the_elfproef_are_kept(string subjectType, string path, string json, string number) =>
        // Some of these RSINs are everybody's: the klantnummer is left to the API.
        await Consumer.Post(Volledig(subjectType, Rsin).Without("klantnummer").With(path, Json.Of(json))).ShouldShow(path, number);

    [Theory]
    [MemberData(nameof(RefusedRows))]
    public async Task Anything_else_is_refused_for_the_first_of_its_faults(string subjectType, string path, string json, string codes) =>
        await Consumer.PostField(subjectType, Rsin, path, json).ShouldRefuse(path, codes.Split(' '));

    [Theory]
    [InlineData("''")]
    [InlineData("' \\t '")]
    public async Task Only_a_bronorganisatie_may_not_be_empty(string json)
    {
        await Consumer.PostField(NatuurlijkPersoonType, Rsin, "bronorganisatie", json).ShouldRefuse("bronorganisatie", "blank");
        await Consumer.PostField(NatuurlijkPersoonType, Rsin, Bsn, json).ShouldShow(Bsn, "");
        await Consumer.Post(
            Volledig(NietNatuurlijkPersoonType, Rsin).With("klantnummer", "K2")
                .With(Rechtspersoon, Json.Of(json))).ShouldShow(Rechtspersoon,
            "");
    }

    [Theory]
    [InlineData("'1234567890'", "1234567890")]
    [InlineData("'9999999999'", "9999999999")]
    [InlineData("'1000000000'", "1000000000")]
    [InlineData("' 1234567890 '", "1234567890")]
    [InlineData("1234567890", "1234567890")]
    [InlineData("''", "")]
    [InlineData("' '", "")]
    public async Task Ten_digits_of_which_the_first_is_no_zero_are_an_A_nummer(string json, string number) =>
        await Consumer.PostField(NatuurlijkPersoonType, Rsin, ANummer, json).ShouldShow(ANummer, number);

    [Theory]
    [InlineData("'0123456789'", "a-nummer-incorrect-format")]
    [InlineData("'123456789'", "a-nummer-incorrect-format")]
    [InlineData("1", "a-nummer-incorrect-format")]
    [InlineData("'abcdefghij'", "a-nummer-incorrect-format")]
    [InlineData("'123456789a'", "a-nummer-incorrect-format")]
    [InlineData("'12345 6789'", "a-nummer-incorrect-format")]
    [InlineData("'１２３４５６７８９０'", "a-nummer-incorrect-format")]
    [InlineData("12345678.5", "a-nummer-incorrect-format")]
    [InlineData("'12345678901'", "a-nummer-incorrect-format max_length")]
    [InlineData("12345678901", "a-nummer-incorrect-format max_length")]
    [InlineData("null", "null")]
    [InlineData("true", "invalid")]
    [InlineData("[]", "invalid")]
    [InlineData("{}", "invalid")]
    public async Task Anything_else_is_no_A_nummer(string json, string codes) =>
        await Consumer.PostField(NatuurlijkPersoonType, Rsin, ANummer, json).ShouldRefuse(ANummer, codes.Split(' '));
}
