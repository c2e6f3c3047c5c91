using Klanten.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Klanten.Tests.Infra;

/// <summary>The Dockerfile and the compose file, as far as a test can read them.</summary>
public sealed class ContainerTests
{
    /// <summary>Instructions in order, with continued lines joined.</summary>
    private static readonly List<(string Name, string Text)> Instructions =
    [
        .. File.ReadAllText(Repository.PathOf("Dockerfile")).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries))
            .Select(parts => (parts[0], parts[1])),
    ];

    /// <summary>What the last stage, the image that runs, consists of.</summary>
    private static List<(string Name, string Text)> Final => Instructions[Instructions.FindLastIndex(i => i.Name == "FROM")..];

    [Fact]
    public void The_image_has_no_shell() =>
        Assert.EndsWith("-chiseled", Final[0].Text.Split('@')[0], StringComparison.Ordinal);

    [Fact]
    public void The_image_brings_the_runtime_that_the_program_needs() =>
        Assert.StartsWith("mcr.microsoft.com/dotnet/aspnet:10.0-", Final[0].Text, StringComparison.Ordinal);

    [Fact]
    public void The_image_holds_what_is_deployed_to_Azure()
    {
        const string Publish = "dotnet publish Klanten.Functions --configuration Release --runtime linux-x64";

        Assert.Contains(Instructions, i => i.Name == "RUN" && i.Text.Contains(Publish, StringComparison.Ordinal));
        Assert.Contains(Publish, File.ReadAllText(Repository.PathOf("scripts", "package.sh")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_is_not_root() =>
        Assert.Equal("$APP_UID", Final.Single(i => i.Name == "USER").Text);

    [Fact]
    public void Health_is_asked_by_the_program_itself() =>
        Assert.Contains(
            "\"/app/Klanten.Functions\", \"healthcheck\"", Final.Single(i => i.Name == "HEALTHCHECK").Text, StringComparison.Ordinal);

    [Fact]
    public void Nothing_in_the_image_needs_a_shell() =>
        Assert.All(Final.Where(i => i.Name is "ENTRYPOINT"), i => Assert.StartsWith("[", i.Text, StringComparison.Ordinal));

    [Fact]
    public void The_image_holds_no_secret() =>
        Assert.DoesNotContain(Instructions, i => i.Text.Contains("Secret", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void The_database_outlives_the_container()
    {
        Assert.Equal("/data", Final.Single(i => i.Name == "VOLUME").Text);
        Assert.Contains("Klanten__Sqlite__Pad=/data/", Final.Single(i => i.Name == "ENV").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("artifacts")]
    [InlineData("**/obj")]
    [InlineData("local.settings.json")]
    public void Files_of_a_developer_stay_out_of_the_image(string path) =>
        Assert.Contains(path, File.ReadAllLines(Repository.PathOf(".dockerignore")));

    [Fact]
    public void Compose_runs_the_program_on_the_emulator_of_Cosmos()
    {
        var environment = (YamlMappingNode)Service("klanten")["environment"];

        Assert.Equal("Cosmos", environment["Klanten__Opslag"].ToString());
        Assert.Contains(
            "AccountEndpoint=http://cosmos:8081/", environment["Klanten__Cosmos__ConnectionString"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_publishes_its_port_on_this_machine_only() =>
        Assert.All(
            (YamlSequenceNode)Service("klanten")["ports"],
            port => Assert.StartsWith("127.0.0.1:", port.ToString(), StringComparison.Ordinal));

    [Fact]
    public void Compose_asks_for_a_secret_of_ones_own()
    {
        var environment = (YamlMappingNode)Service("klanten")["environment"];

        Assert.StartsWith("${KLANTEN_SECRET:?", environment["Klanten__Applicaties__0__Secret"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_has_a_dashboard_for_who_asks_for_it_on_this_machine_only()
    {
        var dashboard = Service("dashboard");

        Assert.Equal("dashboard", Assert.Single((YamlSequenceNode)dashboard["profiles"]).ToString());
        Assert.StartsWith("127.0.0.1:", Assert.Single((YamlSequenceNode)dashboard["ports"]).ToString(), StringComparison.Ordinal);
        Assert.Equal("${KLANTEN_OTLP:-}", Service("klanten")["environment"]["OTEL_EXPORTER_OTLP_ENDPOINT"].ToString());
    }

    private static YamlMappingNode Service(string name) => (YamlMappingNode)YamlFile.Read("compose.yaml")["services"][name];
}
