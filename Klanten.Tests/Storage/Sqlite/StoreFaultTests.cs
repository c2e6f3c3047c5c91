using System.Net;
using System.Text.Json.Nodes;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>The embedded store on a bad day: what the consumer, the health check and the log are told, and that it passes.</summary>
public sealed class StoreFaultTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly LogEverything log = new();
    private KlantenHost? started;

    private KlantenHost Program => started!;

    public async ValueTask InitializeAsync()
    {
        started = await StartAsync();
        // The first request waits until the store is open.
        Assert.Equal(0, await CountAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Writers_of_a_locked_database_are_told_so_within_the_timeout_and_are_not_written_later()
    {
        var klant = await Program.Client.CreateAsync();
        using (var other = new SqliteSession(folder.Database, SessionKind.Plain))
        {
            other.Script("BEGIN EXCLUSIVE");
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => CreateAsync()));
            foreach (var answer in answers) await ShouldBeAsync(answer, 503, "opslag-niet-beschikbaar");
            Assert.All(answers, answer => Assert.NotNull(answer.Headers.RetryAfter));
            Assert.Equal(HttpStatusCode.OK, (await Program.Client.SendAsync("GET", klant)).StatusCode);
            Assert.Equal((503, "vergrendeld"), await ReadyAsync());
            other.Script("ROLLBACK");
        }
        await Program.Client.CreateAsync();
        Assert.Equal(2, await CountAsync());
        Assert.Equal((200, null), await ReadyAsync());
        Assert.Single(log.Lines, line => line.Contains("(Locked): SQLite's code is 5, extended 5", StringComparison.Ordinal));
    }

    /// <remarks>If each waited the timeout after the one before it, the last would be answered after two minutes.</remarks>
    [Theory]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Writes_of_one_klant_behind_a_lock_share_one_deadline_and_are_not_made_later(string method)
    {
        var klant = await Program.Client.CreateAsync();
        using (var other = new SqliteSession(folder.Database, SessionKind.Plain))
        {
            other.Script("BEGIN EXCLUSIVE");
            var body = method == "DELETE" ? null : Bodies.NumberedKlant();
            var answers = await Task.WhenAll(Enumerable.Range(0, 250).Select(_ => Program.Client.SendAsync(method, klant, body)));
            foreach (var answer in answers) await ShouldBeAsync(answer, 503, "opslag-niet-beschikbaar");
            other.Script("ROLLBACK");
        }
        using var read = await Program.Client.SendAsync("GET", $"{klant}/audittrail");
        Assert.Single((await read.JsonAsync()).AsArray());
    }

    [Fact]
    public async Task A_program_at_rest_notices_that_the_lock_is_gone()
    {
        using (var other = new SqliteSession(folder.Database, SessionKind.Plain))
        {
            other.Script("BEGIN EXCLUSIVE");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await CreateAsync()).StatusCode);
        }
        await Eventually.TrueAsync(async () => await ReadyAsync() == (200, null), "the program is ready again");
    }

    /// <remarks>SQLite's own limit on the size of the file makes it report a full disk.</remarks>
    [Fact]
    public async Task A_full_disk_refuses_what_adds_and_nothing_else()
    {
        var klant = await Program.Client.CreateAsync();
        await LimitPagesAsync("(SELECT page_count FROM pragma_page_count)");
        await FillAsync();
        var count = await CountAsync();

        await ShouldBeAsync(await CreateAsync(), 507, "opslag-vol");
        Assert.Equal((503, "vol"), await ReadyAsync());
        Assert.Equal(HttpStatusCode.OK, (await Program.Client.SendAsync("GET", klant)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Program.Client.SendAsync("DELETE", klant)).StatusCode);
        Assert.Equal(count - 1, await CountAsync());
        Assert.Single(log.Lines, line => line.Contains("(Full): SQLite's code is 13, extended 13", StringComparison.Ordinal));

        await LimitPagesAsync("1000000");
        await Program.Client.CreateAsync();
        Assert.Equal((200, null), await ReadyAsync());
    }

    /// <remarks>SQLite deletes the log when it closes. Another program may take that room, and the next open needs some.</remarks>
    [Fact]
    public async Task A_reserve_that_was_given_up_is_there_again_after_a_stop()
    {
        await Program.Client.CreateAsync();
        File.Delete(folder.Database + SqliteReserve.Suffix);
        await Program.DisposeAsync();
        Assert.Equal(SqliteReserve.Size, new FileInfo(folder.Database + SqliteReserve.Suffix).Length);
        started = await StartAsync();
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("", true)]
    [InlineData("-wal", false)]
    [InlineData("-wal", true)]
    public async Task Nothing_is_acknowledged_once_a_file_is_gone_or_replaced(string suffix, bool isReplaced)
    {
        var klant = await Program.Client.CreateAsync();
        var (file, elsewhere) = (folder.Database + suffix, folder["elsewhere"]);
        File.Move(file, elsewhere);
        if (isReplaced) File.Copy(elsewhere, file);

        foreach (var answer in (HttpResponseMessage[])
            [await CreateAsync(), await Program.Client.SendAsync("DELETE", klant)])
        {
            await ShouldBeAsync(answer, 503, "opslag-niet-beschikbaar");
        }
        Assert.Equal((503, "verplaatst"), await ReadyAsync());

        File.Move(elsewhere, file, overwrite: true);
        await Program.Client.CreateAsync();
        Assert.Equal((200, null), await ReadyAsync());
    }

    [Fact]
    public async Task A_program_at_rest_notices_that_its_file_is_gone()
    {
        File.Move(folder.Database, folder["elsewhere"]);
        await Eventually.TrueAsync(async () => await ReadyAsync() == (503, "verplaatst"), "the program is not ready");
    }

    [Fact]
    public async Task A_damaged_store_takes_no_writes_and_is_not_ready()
    {
        var klant = await Program.Client.CreateAsync();
        await Program.DisposeAsync();
        Damage(folder.Database, "klant");
        started = await StartAsync();

        await ShouldBeAsync(await Program.Client.SendAsync("GET", new Uri(klant).AbsolutePath), 503, "opslag-beschadigd");
        await ShouldBeAsync(await CreateAsync(), 503, "opslag-beschadigd");
        Assert.Equal((503, "beschadigd"), await ReadyAsync());
        Assert.Contains(log.Lines, line =>
            line.Contains("SQLite's code is 11", StringComparison.Ordinal)
            && line.Contains("controleren", StringComparison.Ordinal)
            && line.Contains("restore", StringComparison.Ordinal));
    }

    [Fact]
    public void The_log_holds_a_line_for_each_kind_of_fault_and_not_for_each_fault()
    {
        using var provider = new LogEverything();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(provider));
        var clock = new FakeTimeProvider();
        var faults = new SqliteFaults(factory.CreateLogger<SqliteFaults>(), null, clock);
        for (var i = 0; i < 1000; i++) faults.Translate(new(10 | (3 << 8), "disk I/O error"));
        faults.Translate(new(5, "database is locked"));
        clock.Advance(TimeSpan.FromMinutes(1));
        faults.Translate(new(10, "disk I/O error"));
        Assert.Equal(3, provider.Lines.Count);
        Assert.Contains("code is 10, extended 778", provider.Lines.First(), StringComparison.Ordinal);
        Assert.Contains("999 more", provider.Lines.Last(), StringComparison.Ordinal);
    }

    private Task<KlantenHost> StartAsync() => KlantenHost.StartAsync(
        new Dictionary<string, string?>
        {
            ["Klanten:Sqlite:Pad"] = folder.Database,
            ["Klanten:Sqlite:Timeout"] = "00:00:00.500",
            ["Klanten:Limieten:Wachttijd"] = "00:00:01",
        },
        services => services.AddSingleton<ILoggerProvider>(log));

    private Task<HttpResponseMessage> CreateAsync() => Program.Client.SendAsync("POST", "klanten", Bodies.NumberedKlant());

    private async Task<int> CountAsync() => (int)(await (await Program.Client.SendAsync("GET", "klanten")).JsonAsync())["count"]!;

    private async Task<(int Status, string? Reason)> ReadyAsync()
    {
        using var response = await Program.Client.GetAsync(new Uri($"{Program.Root}/healthz/ready"), TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, (string?)(await response.JsonAsync())["opslag"]!["reden"]);
    }

    private async Task LimitPagesAsync(string pages)
    {
        var database = Program.Services.GetRequiredService<SqliteDatabase>();
        var limit = await database.WriteAsync(t => t.Session.Number($"SELECT {pages}"));
        await database.WriteAsync(t => t.Session.Number($"PRAGMA max_page_count = {limit}"));
    }

    private async Task FillAsync()
    {
        for (var i = 0; i < 1000; i++)
        {
            using var response = await CreateAsync();
            if (response.StatusCode == HttpStatusCode.InsufficientStorage) return;
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }
        Assert.Fail("The disk did not become full.");
    }

    private static async Task ShouldBeAsync(HttpResponseMessage response, int status, string code)
    {
        Assert.Equal((status, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        JsonNode problem = await response.JsonAsync();
        Assert.Equal((code, status), ((string?)problem["code"], (int?)problem["status"]));
    }

    /// <summary>Overwrites the first page of a table, as a failing disk might.</summary>
    private static void Damage(string database, string table)
    {
        long page;
        using (var session = new SqliteSession(database, SessionKind.Plain))
        {
            page = session.Number("SELECT rootpage FROM sqlite_schema WHERE name = ?1", table)!.Value;
        }
        using var file = new FileStream(database, FileMode.Open, FileAccess.Write);
        file.Position = (page - 1) * SessionKind.PageSize;
        file.Write(Enumerable.Repeat((byte)0xFF, SessionKind.PageSize).ToArray());
    }
}
