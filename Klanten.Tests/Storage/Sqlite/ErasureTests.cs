using System.Text;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>A klant that is deleted is gone from the disk, and not only from the answers.</summary>
public sealed class ErasureTests : IDisposable
{
    private const string Name = "Uitgewist-Verdwenen";
    private const string EarlierName = "Vroeger-Verdwenen";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task After_a_deletion_nothing_of_the_klant_is_in_the_files_of_a_program_that_ended(int namesOfTheVestiging)
    {
        await using (var host = await StartAsync())
        {
            var url = await CreateAsync(host, namesOfTheVestiging);
            using var changed = await host.Client.SendAsync("PATCH", url, new JsonObject { ["achternaam"] = Name });
            Assert.Equal(200, (int)changed.StatusCode);
        }
        Assert.True(IsOnDisk(Name) && IsOnDisk(EarlierName) && IsOnDisk(Word(Name)));
        Assert.False(IsOnDisk(Word(EarlierName)));

        await using (var host = await StartAsync())
        {
            using var deleted = await host.Client.DeleteAsync(await OnlyKlantAsync(host), TestContext.Current.CancellationToken);
            Assert.Equal(204, (int)deleted.StatusCode);
        }
        Assert.False(IsOnDisk(Name) || IsOnDisk(EarlierName) || IsOnDisk(Word(Name)));
    }

    private Task<KlantenHost> StartAsync() =>
        KlantenHost.StartAsync(new Dictionary<string, string?> { ["Klanten:Sqlite:Pad"] = folder.Database });

    private static async Task<string> CreateAsync(KlantenHost host, int names)
    {
        var klant = Bodies.Vestiging("999990639").With("achternaam", EarlierName);
        var handelsnamen = Enumerable.Range(0, names).Select(i => JsonValue.Create($"{Name} {i}"));
        klant["subjectIdentificatie"]!["handelsnaam"] = new JsonArray([.. handelsnamen]);
        using var response = await host.Client.SendAsync("POST", "klanten", klant);
        return response.Headers.Location!.ToString();
    }

    private static async Task<string> OnlyKlantAsync(KlantenHost host)
    {
        var list = await host.Client.GetStringAsync("klanten", TestContext.Current.CancellationToken);
        return (string)JsonNode.Parse(list)!["results"]![0]!["url"]!;
    }

    /// <summary>The name as the full-text index has it.</summary>
    private static string Word(string name) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name));

    private bool IsOnDisk(string text) => Directory.GetFiles(folder.Path).Any(file =>
        File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
}
