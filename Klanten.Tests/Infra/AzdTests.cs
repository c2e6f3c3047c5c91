using System.Text.Json;
using Klanten.Tests.Hosting;
using YamlDotNet.RepresentationModel;

namespace Klanten.Tests.Infra;

/// <summary>What <c>azd up</c> and <c>func start</c> read.</summary>
public sealed class AzdTests(ArmTemplate template)
{
    [Fact]
    public void The_package_is_made_before_it_is_sent()
    {
        var hook = Service["hooks"]["prepackage"]["posix"];

        Assert.True(File.Exists(Repository.PathOf(hook["run"].ToString())));
    }

    [Fact]
    public void The_package_is_sent_from_where_it_is_made() =>
        Assert.Contains($"package=$PWD/{Path.GetDirectoryName(Service["dist"].ToString())}", File.ReadAllText(Repository.PathOf("scripts", "package.sh")), StringComparison.Ordinal);

    [Fact]
    public async Task The_app_is_tagged_as_the_service()
    {
        var site = await template.OneAsync("Microsoft.Web/sites");

        Assert.Contains("'azd-service-name', 'api'", site.GetProperty("tags").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_group_is_tagged_as_the_environment()
    {
        var variables = (await template.RootAsync()).GetProperty("variables");

        Assert.Equal("[parameters('environmentName')]", variables.GetProperty("tags").GetProperty("azd-env-name").GetString());
    }

    [Fact]
    public void The_sample_of_local_settings_starts_a_custom_handler()
    {
        using var settings = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("local.settings.sample.json")));

        Assert.Equal("custom", settings.RootElement.GetProperty("Values").GetProperty("FUNCTIONS_WORKER_RUNTIME").GetString());
    }

    private static YamlNode Service
    {
        get
        {
            var yaml = new YamlStream();
            using var reader = File.OpenText(Repository.PathOf("azure.yaml"));
            yaml.Load(reader);
            return yaml.Documents[0].RootNode["services"]["api"];
        }
    }
}
