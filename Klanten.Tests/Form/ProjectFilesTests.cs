using System.Text.RegularExpressions;
using System.Xml.Linq;
using Klanten.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Klanten.Tests.Form;

/// <summary>The files by which others find, build and judge the project.</summary>
public sealed partial class ProjectFilesTests
{
    private static readonly string[] Workflows = Directory.GetFiles(Repository.PathOf(".github", "workflows"));

    [Fact]
    public void Each_action_is_pinned_by_its_commit_with_its_version_beside_it()
    {
        var uses = Workflows.SelectMany(File.ReadLines).Where(line => line.Contains(" uses: ", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches(PinnedAction(), line));
    }

    [Fact]
    public void A_workflow_may_only_read_unless_a_job_says_what_else() =>
        Assert.All(Workflows, file => Assert.Equal("read", YamlFile.Read(file)["permissions"]["contents"].ToString()));

    [Fact]
    public void The_workflow_runs_what_a_developer_runs() =>
        Assert.Contains(
            (YamlSequenceNode)YamlFile.Read(".github", "workflows", "ci.yml")["jobs"]["test"]["steps"],
            step => step is YamlMappingNode mapping && mapping.Children.TryGetValue("run", out var run) && run.ToString() == ".ci/run");

    [Theory]
    [InlineData("name")]
    [InlineData("url")]
    [InlineData("platforms")]
    [InlineData("developmentStatus")]
    [InlineData("softwareType")]
    [InlineData("description")]
    [InlineData("legal")]
    [InlineData("maintenance")]
    [InlineData("localisation")]
    public void Publiccode_has_the_keys_that_version_0_5_demands(string key) =>
        Assert.Contains(key, PublicCode().Children.Keys.Select(node => node.ToString()));

    [Theory]
    [InlineData("nl")]
    [InlineData("en")]
    public void Publiccode_describes_the_program_within_the_limits_of_its_schema(string language)
    {
        var description = PublicCode()["description"][language];
        Assert.InRange(description["genericName"].ToString().Length, 1, 35);
        Assert.InRange(description["shortDescription"].ToString().Length, 1, 150);
        Assert.InRange(description["longDescription"].ToString().Length, 500, 10_000);
        Assert.All((YamlSequenceNode)description["features"], feature => Assert.InRange(feature.ToString().Length, 1, 100));
    }

    [Fact]
    public void Publiccode_has_the_version_that_is_built() =>
        Assert.Equal(
            XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value,
            PublicCode()["softwareVersion"].ToString());

    private static YamlMappingNode PublicCode() => YamlFile.Read("publiccode.yml");

    [GeneratedRegex(@"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex PinnedAction();
}
