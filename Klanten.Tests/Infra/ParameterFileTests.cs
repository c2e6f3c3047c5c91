using System.Text.Json;
using Klanten.Tests.Support;

namespace Klanten.Tests.Infra;

public sealed class ParameterFileTests(ArmTemplate template)
{
    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Repository.PathOf("infra"), "main.parameters*.json").Select(f => Path.GetFileName(f)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_names_no_parameter_that_does_not_exist(string file)
    {
        var known = (await template.RootAsync()).GetProperty("parameters").EnumerateObject().Select(p => p.Name);

        Assert.Empty(Names(file).Except(known));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_gives_every_parameter_that_has_no_default(string file)
    {
        var asked = (await template.RootAsync()).GetProperty("parameters").EnumerateObject()
            .Where(p => !p.Value.TryGetProperty("defaultValue", out _) && !p.Value.TryGetProperty("nullable", out _)).Select(p => p.Name);

        Assert.Empty(asked.Except(Names(file)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_holds_no_secret(string file) =>
        Assert.DoesNotContain("\"secret\"", File.ReadAllText(Repository.PathOf("infra", file)), StringComparison.OrdinalIgnoreCase);

    private static List<string> Names(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("infra", file)));
        return [.. document.RootElement.GetProperty("parameters").EnumerateObject().Select(p => p.Name)];
    }
}
