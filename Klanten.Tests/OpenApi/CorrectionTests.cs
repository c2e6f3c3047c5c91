using System.Text.Json.Nodes;

namespace Klanten.Tests.OpenApi;

/// <summary>
/// The corrections of docs/openapi.md: each difference with the standard is one, and each is needed to describe an answer.
/// </summary>
public sealed class CorrectionTests(RecordedAnswers recorded) : IClassFixture<RecordedAnswers>
{
    /// <summary>Statuses that the standard names for every operation, and that this program gives for none or for some.</summary>
    private static readonly int[] OfTheStandardOnly = [401, 409, 410, 415];

    private static readonly JsonNode File = Tree.OpenApiFile();

    private static readonly (Difference Difference, Difference Named)[] Found =
    [
        .. Differences.InStructure(new("the standard", Tree.Contract()), new("openapi.yaml", File))
            .Select(difference => (difference, difference with { Place = Shorten(difference.Place) })),
    ];

    private static readonly IReadOnlyList<Correction> Corrections = Correction.Under("Corrections");

    private static readonly IReadOnlyList<Correction> Additions = Correction.Under("Additions of our own");

    public static TheoryData<string> Places => [.. Corrections.Select(correction => correction.Place)];

    [Fact]
    public void The_file_has_the_structure_of_the_standard_but_for_the_corrections_and_additions()
    {
        Correction[] all = [.. Corrections, .. Additions];
        Assert.NotEmpty(Corrections);
        Findings.AssertNone(
            from found in Found
            where !all.Any(correction => correction.Explains(found.Named))
            select $"docs/openapi.md must have a row for this: {found.Named}");
        Findings.AssertNone(
            from correction in all
            where !Found.Any(found => correction.Explains(found.Named))
            select $"docs/openapi.md has a row that is no difference: {correction}");
    }

    [Fact]
    public void Every_recorded_answer_is_described() => Findings.AssertNone(Violations(File));

    [Fact]
    public void An_answer_of_every_kind_is_recorded()
    {
        var described =
            from path in File["paths"]!.AsObject()
            from method in path.Value!.AsObject()
            where method.Key != "parameters"
            from response in method.Value!["responses"]!.AsObject()
            where !OfTheStandardOnly.Contains(int.Parse(response.Key, null))
            select $"{method.Value["operationId"]} {response.Key}";
        string[] ofBodies = ["klant_create 415", "klant_update 415", "klant_partial_update 415"];
        var document = new DescribedAnswers(File);
        var given = recorded.All.Select(item => $"{document.OperationId(item.Answer.Method, item.Target)} {item.Answer.Status}");

        Assert.Equal([], described.Concat(ofBodies).Except(given));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Without_a_correction_an_answer_is_not_described(string place)
    {
        var (difference, _) = Found.Single(found => found.Named.Place == place);
        Assert.NotEmpty(Violations(Differences.Undo(difference, File)));
    }

    /// <summary>An operation and a component by its name, as the page has it.</summary>
    private static string Shorten(string place)
    {
        foreach (var path in File["paths"]!.AsObject())
        {
            foreach (var (method, operation) in path.Value!.AsObject())
            {
                var prefix = $"#/paths/{path.Key}/{method}/";
                if (method != "parameters" && place.StartsWith(prefix, StringComparison.Ordinal))
                {
                    return $"{operation!["operationId"]}/{place[prefix.Length..]}";
                }
            }
        }
        const string Components = "#/components/";
        return place.StartsWith(Components, StringComparison.Ordinal) ? place[Components.Length..] : place;
    }

    private IEnumerable<string> Violations(JsonNode document)
    {
        var described = new DescribedAnswers(document);
        return
            from item in recorded.All
            from violation in described.Violations(item.Target, item.Answer)
            select $"{violation}\n{item.Answer}";
    }
}
