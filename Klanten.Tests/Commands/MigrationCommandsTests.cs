using System.Text.Json.Nodes;
using Klanten.Functions.Migration;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Migration;
using Klanten.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Klanten.Tests.Commands;

/// <summary><c>importeer</c> and <c>exporteer</c>, as an administrator types them.</summary>
public sealed class MigrationCommandsTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Dictionary<string, string?> Here => new()
    {
        ["Klanten:Sqlite:Pad"] = folder["hier.db"],
        ["Klanten:Importeren:Secret"] = Applications.Alles.Secret,
    };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_klant_of_a_running_program_is_copied_and_a_repeated_import_changes_nothing()
    {
        await using var there = await KlantenHost.StartAsync();
        var url = $"{there.Root}/api/v1";
        var consumer = new Consumer(there.Client, url, null);
        var klanten = new List<JsonObject>();
        foreach (var type in new[] { Bodies.NatuurlijkPersoonType, Bodies.NietNatuurlijkPersoonType, Bodies.VestigingType })
        {
            klanten.Add(await consumer.Created(Bodies.Volledig(type, Numbers.Rsin())));
        }
        Assert.Equal(
            (0, "3 klanten added, 0 were here already, 0 refused.\nThe source has 3 klanten, and all were read."), await ImportAsync(url));
        Assert.Equal(
            (0, "0 klanten added, 3 were here already, 0 refused.\nThe source has 3 klanten, and all were read."), await ImportAsync(url));
        Assert.False(File.Exists(folder["importeer-voortgang.db"]));

        await using var here = await KlantenProgram.StartAsync(folder.Path, new Dictionary<string, string?>(Applications.Settings)
        {
            ["Klanten:Sqlite:Pad"] = folder["hier.db"],
        });
        using var http = new HttpClient();
        var copied = new Consumer(http, $"{here.Root}/api/v1", $"Bearer {Token.Of(Applications.Alles)}");
        foreach (var klant in klanten)
        {
            var copy = (await copied.Get($"/klanten/{klant.Text("url")[^36..]}")).ShouldBe(200).Body;
            Assert.True(JsonNode.DeepEquals(klant.Without("url"), copy.Without("url")));
            var trail = (await copied.Get($"/klanten/{klant.Text("url")[^36..]}/audittrail")).ShouldBe(200).Json!.AsArray();
            Assert.Equal($"Overgenomen van {url}/klanten", (string?)Assert.Single(trail)!["toelichting"]);
        }
    }

    [Fact]
    public async Task A_killed_import_goes_on_where_it_stopped()
    {
        await using var there = await FakeApi.StartAsync();
        var reached = new TaskCompletionSource();
        there.Answer = async http =>
        {
            if (http.Request.Query["page"] != "3" || reached.Task.IsCompleted)
            {
                await ApiSourceTests.Pages(450)(http);
                return;
            }
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        var killed = new ChildProcess(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "Klanten.Functions.dll"), .. Arguments(there.Root)],
            folder.Path,
            Here.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value));
        using (killed)
        {
            await reached.Task.WaitAsync(Cancellation);
            killed.Kill();
            await killed.ExitAsync(cancellationToken: Cancellation);
        }
        var before = there.Received.Count;
        var (exitCode, output) = await ImportAsync(there.Root);
        Assert.True(exitCode == 0, output);
        Assert.StartsWith("An earlier import was interrupted; this one goes on where it stopped.", output, StringComparison.Ordinal);
        Assert.EndsWith("The source has 450 klanten, and all were read.", output, StringComparison.Ordinal);
        Assert.NotEqual("/klanten", there.Received[before].PathAndQuery);
        Assert.Equal((0, "450 klanten are in the file: "), Shorten(await ExportAsync("hier.jsonl")));
    }

    [Fact]
    public async Task What_is_refused_is_in_the_report_without_personal_data_and_the_rest_is_taken()
    {
        await using var there = await FakeApi.StartAsync();
        var broken = ApiSourceTests.Klant(2).With("emailadres", "jan.jansen").Without("websiteUrl");
        there.Answer = Page(ApiSourceTests.Klant(1), broken, ApiSourceTests.Klant(3).With("klantnummer", "K1"));
        var (exitCode, output) = await ImportAsync(there.Root);
        Assert.Equal(2, exitCode);
        Assert.Contains("1 klanten added, 0 were here already, 2 refused.", output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "plaats,uuid,veld,code,reden",
                $"pagina 1,{ApiSourceTests.Uuid(2)},websiteUrl,required,\"Dit veld is verplicht.\"",
                $"pagina 1,{ApiSourceTests.Uuid(2)},emailadres,invalid,\"Dit is geen geldig e-mailadres.\"",
                $"pagina 1,{ApiSourceTests.Uuid(3)},nonFieldErrors,unique,"
                    + "\"Binnen deze bronorganisatie bestaat al een klant met dit klantnummer.\"",
            ],
            await File.ReadAllLinesAsync(folder["importeer-geweigerd.csv"], Cancellation));
        Assert.DoesNotContain("jan.jansen", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rehearsal_changes_nothing()
    {
        await using var there = await FakeApi.StartAsync(ApiSourceTests.Pages(3));
        var (exitCode, output) = await ImportAsync(there.Root, "--proef");
        Assert.Equal(0, exitCode);
        Assert.StartsWith("A rehearsal, so nothing was changed: 3 klanten added", output, StringComparison.Ordinal);
        Assert.Equal((0, "0 klanten are in the file: "), Shorten(await ExportAsync("hier.jsonl")));
    }

    [Theory]
    [InlineData("klanten.jsonl")]
    [InlineData("klanten.jsonl.gz")]
    public async Task An_export_that_is_imported_is_exported_the_same(string name)
    {
        await using (var there = await FakeApi.StartAsync(ApiSourceTests.Pages(230))) await ImportAsync(there.Root);
        Assert.Equal((0, "230 klanten are in the file: "), Shorten(await ExportAsync(name)));
        var elsewhere = new Dictionary<string, string?> { ["Klanten:Sqlite:Pad"] = folder["elders.db"] };
        Assert.Equal(
            (0, "230 klanten added, 0 were here already, 0 refused."),
            await KlantenProgram.RunAsync(folder.Path, elsewhere, "importeer", "--bron", folder[name]));
        Assert.Equal(0, (await KlantenProgram.RunAsync(folder.Path, elsewhere, "exporteer", "--naar", folder["elders.jsonl"])).ExitCode);
        Assert.Equal(0, (await ExportAsync("hier.jsonl")).ExitCode);
        Assert.Equal(
            await File.ReadAllBytesAsync(folder["hier.jsonl"], Cancellation),
            await File.ReadAllBytesAsync(folder["elders.jsonl"], Cancellation));
        Assert.Equal(0, (await KlantenProgram.RunAsync(folder.Path, elsewhere, "controleren")).ExitCode);
    }

    [Fact]
    public async Task A_compressed_file_that_is_cut_off_is_not_taken_for_a_whole_one()
    {
        await using (var there = await FakeApi.StartAsync(ApiSourceTests.Pages(700))) await ImportAsync(there.Root);
        await ExportAsync("klanten.jsonl.gz");
        var whole = await File.ReadAllBytesAsync(folder["klanten.jsonl.gz"], Cancellation);
        await File.WriteAllBytesAsync(folder["klanten.jsonl.gz"], whole[..^200], Cancellation);
        var elsewhere = new Dictionary<string, string?> { ["Klanten:Sqlite:Pad"] = folder["elders.db"] };
        var (exitCode, output) = await KlantenProgram.RunAsync(folder.Path, elsewhere, "importeer", "--bron", folder["klanten.jsonl.gz"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("The file cannot be read to its end", output, StringComparison.Ordinal);
        Assert.Contains("500 klanten added, 0 were here already, 0 refused. The same command", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_is_exported_while_a_program_serves_it_and_not_imported_into()
    {
        await using var program = await KlantenProgram.StartAsync(folder.Path, Here);
        await Eventually.TrueAsync(() => File.Exists(folder["hier.db-wal"]), "the program opens its store");
        Assert.Equal((0, "0 klanten are in the file: "), Shorten(await ExportAsync("hier.jsonl")));
        await using var there = await FakeApi.StartAsync(ApiSourceTests.Pages(3));
        var (exitCode, output) = await ImportAsync(there.Root);
        Assert.Equal(1, exitCode);
        Assert.Contains("is in use by another process", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_replaces_no_file()
    {
        await File.WriteAllTextAsync(folder["hier.jsonl"], "van mij", Cancellation);
        await using (var there = await FakeApi.StartAsync(ApiSourceTests.Pages(1))) await ImportAsync(there.Root);
        Assert.Equal((1, "The file exists already: give the export another name."), await ExportAsync("hier.jsonl"));
        Assert.Equal("van mij", await File.ReadAllTextAsync(folder["hier.jsonl"], Cancellation));
    }

    [Fact]
    public async Task An_export_leaves_a_file_of_others_beside_it_as_it_is()
    {
        await using (var there = await FakeApi.StartAsync(ApiSourceTests.Pages(1))) await ImportAsync(there.Root);
        await File.WriteAllTextAsync(folder["hier.jsonl.part"], "van mij", Cancellation);
        Assert.Equal(0, (await ExportAsync("hier.jsonl")).ExitCode);
        Assert.Equal("van mij", await File.ReadAllTextAsync(folder["hier.jsonl.part"], Cancellation));
    }

    [Fact]
    public async Task An_export_that_is_stopped_leaves_nothing()
    {
        await using (var there = await FakeApi.StartAsync(ApiSourceTests.Pages(3))) await ImportAsync(there.Root);
        var store = new SqliteExport(Options.Create(new SqliteOptions { Pad = folder["hier.db"] }));
        using var asked = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ExportFile.WriteAsync(store, folder["hier.jsonl"], _ => asked.Cancel(), asked.Token));
        Assert.Empty(Directory.GetFiles(folder.Path, "hier.jsonl*"));
    }

    [Fact]
    public async Task Of_two_exports_at_once_to_one_file_one_is_made_and_the_other_says_that_it_is_there()
    {
        await using (var there = await FakeApi.StartAsync(ApiSourceTests.Pages(3))) await ImportAsync(there.Root);
        var store = new SqliteExport(Options.Create(new SqliteOptions { Pad = folder["hier.db"] }));
        var refusal = await Assert.ThrowsAsync<MigrationException>(() => ExportFile.WriteAsync(
            store, folder["hier.jsonl"], _ => File.WriteAllText(folder["hier.jsonl"], "the other's"), Cancellation));
        Assert.Equal(MigrationTexts.ExportExists, refusal.Reason.Text);
        Assert.Equal("the other's", await File.ReadAllTextAsync(folder["hier.jsonl"], Cancellation));
        Assert.Equal([folder["hier.jsonl"]], Directory.GetFiles(folder.Path, "hier.jsonl*"));
    }

    [Theory]
    [InlineData("weg.jsonl", "There is no such file (--bron).")]
    [InlineData("ftp://example.com/klanten", "--bron must be an absolute http or https URL")]
    [InlineData("http://127.0.0.1:1/api/v1", "give --client, and its secret as Klanten:Importeren:Secret")]
    public async Task What_is_missing_is_told(string source, string told)
    {
        var settings = new Dictionary<string, string?> { ["Klanten:Sqlite:Pad"] = folder["hier.db"] };
        var (exitCode, output) = await KlantenProgram.RunAsync(folder.Path, settings, "importeer", "--bron", source);
        Assert.Equal(1, exitCode);
        Assert.Contains(told, output, StringComparison.Ordinal);
    }

    private static RequestDelegate Page(params JsonNode[] klanten)
    {
        var results = new JsonArray(klanten);
        var page = new JsonObject { ["count"] = klanten.Length, ["next"] = null, ["previous"] = null, ["results"] = results };
        return FakeApi.With(200, page.ToJsonString());
    }

    private static string[] Arguments(string source, params string[] more) =>
        ["importeer", "--bron", source, "--client", Applications.Alles.ClientId, .. more];

    private static (int ExitCode, string Output) Shorten((int ExitCode, string Output) ended) =>
        (ended.ExitCode, ended.Output[..(ended.Output.IndexOf(": ", StringComparison.Ordinal) + 2)]);

    private Task<(int ExitCode, string Output)> ImportAsync(string source, params string[] more) =>
        KlantenProgram.RunAsync(folder.Path, Here, Arguments(source, more));

    private Task<(int ExitCode, string Output)> ExportAsync(string name) =>
        KlantenProgram.RunAsync(folder.Path, Here, "exporteer", "--naar", folder[name]);
}
