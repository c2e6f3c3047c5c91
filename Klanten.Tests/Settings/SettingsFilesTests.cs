using System.Text;
using Klanten.Functions.Hosts;
using Klanten.Functions.Languages;
using Klanten.Tests.Support;

namespace Klanten.Tests.Settings;

/// <summary>A file of settings that cannot be read is one sentence with its name, in either language.</summary>
public sealed class SettingsFilesTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("[]", "must be one JSON object")]
    [InlineData("5", "must be one JSON object")]
    [InlineData("\"x\"", "must be one JSON object")]
    [InlineData("null", "must be one JSON object")]
    [InlineData("", "is no JSON: see line 1.")]
    [InlineData("{\n\"a\": 1\n", "is no JSON: see line 3.")]
    [InlineData("{\"kleur\": 1, \"KLEUR\": 2}", "has the key KLEUR twice.")]
    [InlineData("{\"a\": {\"b\": 1}, \"a:b\": 2}", "has the key a:b twice.")]
    [InlineData("{\"a\": \"\\ud800\"}", "has a text with half a character")]
    [InlineData("{\"\\udfff\": 1}", "has a text with half a character")]
    public void Contents_that_are_no_settings_are_told(string contents, string mistake)
    {
        foreach (var name in Names)
        {
            File.WriteAllText(PathOf(name), contents);
            AssertSentence(name, mistake);
            File.Delete(PathOf(name));
        }
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_mistake()
    {
        await File.WriteAllTextAsync(PathOf("appsettings.json"), "{}", Encoding.UTF8, TestContext.Current.CancellationToken);
        await Build().DisposeAsync();
    }

    [Fact]
    public void A_folder_in_the_place_of_a_file_is_told()
    {
        foreach (var name in Names)
        {
            Directory.CreateDirectory(PathOf(name));
            AssertSentence(name, "is a folder");
            Directory.Delete(PathOf(name));
        }
    }

    [Theory]
    [InlineData("appsettings.json", "Too many levels of symbolic links")]
    [InlineData("bestaat-niet", "there is no such file or folder")]
    public void A_link_that_leads_nowhere_is_told(string target, string mistake)
    {
        File.CreateSymbolicLink(PathOf("appsettings.json"), PathOf(target));
        AssertSentence("appsettings.json", mistake);
    }

    /// <remarks>To an administrator every file is readable, so the refusal of the system is given.</remarks>
    [Fact]
    public void A_file_that_may_not_be_read_is_told()
    {
        var sentence = StartFailure.Describe(new UnauthorizedAccessException("Access to the path '/etc/appsettings.json' is denied."));
        Assert.Equal(
            "The program cannot start: /etc/appsettings.json: the system does not allow this.", CommandLanguage.English[sentence]);
    }

    public void Dispose() => folder.Dispose();

    private static string[] Names => ["appsettings.json", "appsettings.Production.json"];

    private string PathOf(string name) => Path.Combine(folder.Path, name);

    private void AssertSentence(string name, string mistake)
    {
        var sentence = StartFailure.Describe(Assert.ThrowsAny<Exception>(Build));
        var english = Spoken.AssertEnglish(CommandLanguage.English[sentence]);
        Assert.Contains(PathOf(name), english, StringComparison.Ordinal);
        Assert.Contains(mistake, english, StringComparison.Ordinal);
        Spoken.AssertDutch(CommandLanguage.Dutch[sentence]);
    }

    private Microsoft.AspNetCore.Builder.WebApplication Build() =>
        KestrelHost.Build(["--environment=Production", $"--contentRoot={folder.Path}"]);
}
