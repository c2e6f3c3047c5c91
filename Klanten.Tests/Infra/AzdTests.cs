using System.IO.Compression;
using System.Text.Json;
using Klanten.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Klanten.Tests.Infra;

/// <summary>What <c>azd up</c>, <c>scripts/package.sh</c> and <c>func start</c> read.</summary>
public sealed class AzdTests(ArmTemplate template)
{
    [Fact]
    public void Azd_publishes_a_function_app_of_NET()
    {
        Assert.Equal("function", Service["host"].ToString());
        Assert.Equal("dotnet", Service["language"].ToString());
    }

    /// <remarks>azd takes the first file with such a name, and ends with an error when there are several.</remarks>
    [Fact]
    public void The_project_that_azd_publishes_is_the_program()
    {
        var projects = Directory.EnumerateFiles(Repository.PathOf(Service["project"].ToString()), "*.*proj").Select(Path.GetFileName);

        Assert.Equal(["Klanten.Functions.csproj"], projects);
    }

    /// <remarks>azd names no runtime when it publishes, so the project file has to.</remarks>
    [Theory]
    [InlineData("RuntimeIdentifier", "linux-x64")]
    [InlineData("PublishReadyToRun", "true")]
    [InlineData("SelfContained", "false")]
    public async Task A_publish_that_names_no_runtime_is_for_Azure(string property, string value)
    {
        var (exitCode, output) = await ChildProcess.RunAsync(
            "dotnet", ["msbuild", "Klanten.Functions", $"-getProperty:{property}", "-property:_IsPublishing=true"], Repository.Root);

        Assert.Equal((0, value), (exitCode, output.Trim()));
    }

    /// <remarks>Into a project file without one azd writes one.</remarks>
    [Fact]
    public void Azd_leaves_the_project_file_as_it_is() =>
        Assert.Contains(
            "<UserSecretsId>", File.ReadAllText(Repository.PathOf("Klanten.Functions", "Klanten.Functions.csproj")),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("hooks")]
    [InlineData("dist")]
    public void Azd_needs_nothing_but_the_project(string key) =>
        Assert.False(Service.Children.ContainsKey(key));

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

    /// <remarks>Azure refuses a package without the folder .azurefunctions, and most ways to zip leave hidden folders out.</remarks>
    [Fact]
    public async Task A_zip_has_hidden_folders_too()
    {
        var folder = Directory.CreateTempSubdirectory("klanten-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "in", ".azurefunctions"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "in", ".azurefunctions", "a.dll"), "", Token);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "in", "host.json"), "{}", Token);
            var zip = Path.Combine(folder.FullName, "out.zip");

            var (exitCode, output) = await ChildProcess.RunAsync(
                "dotnet",
                ["msbuild", "scripts/zip.proj", $"-property:Folder={Path.Combine(folder.FullName, "in")}", $"-property:Zip={zip}"],
                Repository.Root);

            Assert.True(exitCode == 0, output);
            await using var archive = await ZipFile.OpenReadAsync(zip, Token);
            Assert.Equal([".azurefunctions/a.dll", "host.json"], archive.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated")]
    [InlineData("AzureWebJobsStorage", "UseDevelopmentStorage=true")]
    [InlineData("AzureWebJobsDisableHomepage", "true")]
    [InlineData("Klanten__Opslag", "Cosmos")]
    [InlineData("Klanten__Cosmos__Aanmaken", "true")]
    public void The_sample_of_local_settings_needs_Azurite_and_an_emulator_of_Cosmos_only(string name, string value)
    {
        using var settings = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("local.settings.sample.json")));

        Assert.Equal(value, settings.RootElement.GetProperty("Values").GetProperty(name).GetString());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static YamlMappingNode Service => (YamlMappingNode)YamlFile.Read("azure.yaml")["services"]["api"];
}
