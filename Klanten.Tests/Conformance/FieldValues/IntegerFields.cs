using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>House numbers: whole, from 0 to 99999, in any spelling that the reference reads.</summary>
public abstract class IntegerFields(KlantenApi api) : Chapter(api)
{
    private static readonly (string Json, int? Number)[] Taken =
    [
        ("0", 0), ("1", 1), ("99999", 99999), ("null", null), ("'12'", 12), ("' 5 '", 5), ("'\\t5\\n'", 5), ("'0012'", 12), ("'+5'", 5),
        ("'-0'", 0),
        ("-0", 0), ("1.0", 1), ("1000.0", 1000), ("-0.0", 0), ("1e3", 1000), ("'1.0'", 1), ("'1.000'", 1), ("'1_000'", 1000), ("'１２'", 12),
        ("'٣'", 3),
        ($"'{new string('0', 999)}5'", 5),
    ];

    private static readonly (string Json, string Code)[] Refused =
    [
        ("100000", "max_value"), ("'100000'", "max_value"), ("123456789012345678901234567890", "max_value"), ("100000.0", "max_value"),
        ("-1", "min_value"), ("'-1'", "min_value"), ("-1.0", "min_value"), ("-123456789012345678901234567890", "min_value"),
        ("1.5", "invalid"), ("'1.5'", "invalid"), ("0.1", "invalid"), ("'1e3'", "invalid"), ("1e20", "invalid"), ("''", "invalid"),
        ("' '", "invalid"),
        ("'abc'", "invalid"), ("'12a'", "invalid"), ("'1 2'", "invalid"), ("'1,0'", "invalid"), ("'0x10'", "invalid"), ("'+-5'", "invalid"),
        ("'--5'", "invalid"),
        ("'+'", "invalid"), ("'_1'", "invalid"), ("'1_'", "invalid"), ("'1__0'", "invalid"), ("'½'", "invalid"), ("'Ⅳ'", "invalid"),
        ("'5\\u0000'", "invalid"),
        ("true", "invalid"), ("false", "invalid"), ("[]", "invalid"), ("[5]", "invalid"), ("{}", "invalid"),
        ($"'{new string('0', 1000)}5'", "max_string_length"), ($"'{new string('x', 1001)}'", "max_string_length"),
    ];

    public static TheoryData<string, string, string, int?> TakenRows =>
        [.. from f in Fields.Integers from t in Taken select (f.Data.Item1, f.Data.Item2, t.Json, t.Number)];

    public static TheoryData<string, string, string, string> RefusedRows =>
        [.. from f in Fields.Integers from r in Refused select (f.Data.Item1, f.Data.Item2, r.Json, r.Code)];

    [Theory]
    [MemberData(nameof(TakenRows))]
    public async Task A_whole_number_in_range_is_kept(string subjectType, string path, string json, int? number) =>
        await Consumer.PostField(subjectType, Rsin, path, json).ShouldShow(path, number);

    [Theory]
    [MemberData(nameof(RefusedRows))]
    public async Task Anything_else_is_refused(string subjectType, string path, string json, string code) =>
        await Consumer.PostField(subjectType, Rsin, path, json).ShouldRefuse(path, code);
}
