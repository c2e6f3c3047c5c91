using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Klanten.Core.Ports;
using Klanten.Tests.Storage.Cosmos;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Klanten.Tests.Notificaties;

/// <summary>The program is killed at random moments while it is busy, again and again; nothing that it committed may be lost.</summary>
public sealed class KillTests(CosmosAccount account, ITestOutputHelper output)
{
    private const int Writers = 8;
    private const string PublicUrl = "https://klanten.example";

    private static readonly int Kills = Effort.Rounds("KLANTEN_KILL_ROUNDS", inSuite: 7);

    /// <summary>Fewer, because a write takes the Cosmos server of the tests some hundred times as long.</summary>
    private static readonly int KillsOnCosmos = Effort.Rounds("KLANTEN_KILL_ROUNDS", inSuite: 3);

    private readonly ConcurrentQueue<Write> writes = [];

    private volatile bool died;

    [Fact]
    public async Task Every_committed_write_is_published_though_the_process_is_killed_under_load() =>
        await TestAsync(new Dictionary<string, string?>(), Kills, 20, 250);

    [Fact]
    public async Task Every_committed_write_is_published_on_Cosmos_DB_too()
    {
        await using var store = new CosmosContainer(account);
        await store.InitializeAsync();
        await TestAsync(store.Settings, KillsOnCosmos, 10, 40);
    }

    /// <param name="store">The settings of the store; a SQLite file when there are none.</param>
    /// <param name="kills">How often the program is killed.</param>
    /// <param name="atLeast">The writes before a kill, at least.</param>
    /// <param name="atMost">The same, at most.</param>
    private async Task TestAsync(IReadOnlyDictionary<string, string?> store, int kills, int atLeast, int atMost)
    {
        using var folder = new TempFolder();
        await using var fakeApi = await FakeApi.StartAsync(http => FakeApi.With(Random.Shared.Next(20) == 0 ? 503 : 201)(http));
        var settings = new Dictionary<string, string?>(Applications.Settings.Concat(NotificatiesApi.SettingsOf(fakeApi.Root)).Concat(store))
        {
            ["Klanten:Sqlite:Pad"] = folder.Database,
            ["Klanten:PubliekeUrl"] = PublicUrl,
        };
        for (var kill = 0; kill < kills; kill++) await LoadAndKillAsync(folder, settings, Random.Shared.Next(atLeast, atMost));
        var beforeLast = fakeApi.Received.Count;
        await DeliverTheRestAsync(settings);

        var published = fakeApi.Received.Select(r => new Published(r.Json)).ToArray();
        var distinct = published.Distinct().ToArray();
        var committed = writes.Where(w => w.Committed).ToArray();
        var lost = committed.GroupBy(w => (w.Url, w.Actie))
            .Sum(w => Math.Max(0, w.Count() - distinct.Count(p => (p.Url, p.Actie) == w.Key)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{kills} kills, {writes.Count} writes: {committed.Length} committed, {writes.Count - committed.Length} without an answer. " +
            $"{fakeApi.Received.Count} deliveries tried ({fakeApi.Received.Count - beforeLast} after the last kill), " +
            $"{distinct.Length} different notifications, {lost} lost."));
        Assert.Equal(0, lost);
        Assert.All(distinct.GroupBy(p => p.Url), klant => Assert.Equal(klant.OrderBy(p => p.Moment, StringComparer.Ordinal), klant));
    }

    private async Task LoadAndKillAsync(TempFolder folder, Dictionary<string, string?> settings, int load)
    {
        await using var program = await KlantenProgram.StartAsync(folder.Path, settings);
        using var client = ApiClient.Create(program.Root);
        died = false;
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => WriteUntilItDiesAsync(client)));
        var enough = writes.Count + load;
        await Eventually.TrueAsync(() => writes.Count >= enough, "there was load");
        await program.KillAsync();
        await writing;
    }

    /// <summary>Creates klanten, changes each some times and deletes some, until the program no longer answers.</summary>
    private async Task WriteUntilItDiesAsync(HttpClient client)
    {
        for (var klant = 0; !died; klant++)
        {
            if (await WriteAsync(client, "POST", "klanten", "create", Bodies.NumberedKlant()) is not { } url) continue;
            for (var change = 0; change < klant % 4; change++)
                if (await WriteAsync(client, "PATCH", url, "partial_update", new JsonObject { ["functie"] = $"{change}" }) is null) break;
            if (klant % 3 == 0) await WriteAsync(client, "DELETE", url, "destroy", null);
        }
    }

    /// <returns>
    /// The klant's public URL; null when there was no answer, or 503 because the store gave none in time: it may or may not be committed.
    /// </returns>
    private async Task<string?> WriteAsync(HttpClient client, string method, string url, string actie, JsonNode? body)
    {
        try
        {
            using var response = await client.SendAsync(method, url.Replace($"{PublicUrl}/api/v1/", "", StringComparison.Ordinal), body);
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable)
            {
                writes.Enqueue(new(url, actie, false));
                return null;
            }
            Assert.True(response.IsSuccessStatusCode, $"{method}: {(int)response.StatusCode}");
            url = response.Headers.Location?.ToString() ?? url;
            writes.Enqueue(new(url, actie, true));
            return url;
        }
        catch (HttpRequestException)
        {
            died = true;
            writes.Enqueue(new(url, actie, false));
            return null;
        }
    }

    /// <summary>An instance whose clock is past the leases of those that died.</summary>
    private static async Task DeliverTheRestAsync(Dictionary<string, string?> settings)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(2));
        await using var program = await KlantenHost.StartAsync(settings, services => services.AddSingleton<TimeProvider>(clock));
        var outbox = program.Services.GetRequiredService<IOutbox>();
        await Eventually.TrueAsync(async () =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return await outbox.StatusAsync(TestContext.Current.CancellationToken) is { Waiting: 0, Parked: 0 };
        }, "the outbox is empty");
    }

    private sealed record Write(string Url, string Actie, bool Committed);

    private sealed record Published(string Url, string Actie, string Moment)
    {
        public Published(JsonNode body) : this((string)body["hoofdObject"]!, (string)body["actie"]!, (string)body["aanmaakdatum"]!)
        {
        }
    }
}
