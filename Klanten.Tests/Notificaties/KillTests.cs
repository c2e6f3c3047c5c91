using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Klanten.Core.Ports;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Klanten.Tests.Notificaties;

/// <summary>The program is killed at random moments while it is busy, again and again; nothing that it committed may be lost.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Writers = 8;
    private const string PublicUrl = "https://klanten.example";

    private static readonly int Kills = Effort.Rounds("KLANTEN_KILL_ROUNDS", inSuite: 7);

    private readonly ConcurrentQueue<Write> writes = [];

    [Fact]
    public async Task Every_committed_write_is_published_though_the_process_is_killed_under_load()
    {
        using var folder = new TempFolder();
        await using var fakeApi = await FakeApi.StartAsync(http => FakeApi.With(Random.Shared.Next(20) == 0 ? 503 : 201)(http));
        var settings = new Dictionary<string, string?>(Applications.Settings.Concat(NotificatiesApi.SettingsOf(fakeApi.Root)))
        {
            ["Klanten:Sqlite:Pad"] = folder.Database,
            ["Klanten:PubliekeUrl"] = PublicUrl,
        };
        for (var kill = 0; kill < Kills; kill++) await LoadAndKillAsync(folder, settings);
        var beforeLast = fakeApi.Received.Count;
        await DeliverTheRestAsync(settings);

        var published = fakeApi.Received.Select(r => new Published(r.Json)).ToArray();
        var distinct = published.Distinct().ToArray();
        var committed = writes.Where(w => w.Committed).ToArray();
        var lost = committed.GroupBy(w => (w.Url, w.Actie))
            .Sum(w => Math.Max(0, w.Count() - distinct.Count(p => (p.Url, p.Actie) == w.Key)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Kills} kills, {writes.Count} writes: {committed.Length} committed, {writes.Count - committed.Length} without an answer. " +
            $"{fakeApi.Received.Count} deliveries tried ({fakeApi.Received.Count - beforeLast} after the last kill), " +
            $"{distinct.Length} different notifications, {lost} lost."));
        Assert.Equal(0, lost);
        Assert.All(distinct.GroupBy(p => p.Url), klant => Assert.Equal(klant.OrderBy(p => p.Moment, StringComparer.Ordinal), klant));
    }

    private async Task LoadAndKillAsync(TempFolder folder, Dictionary<string, string?> settings)
    {
        await using var program = await KlantenProgram.StartAsync(folder.Path, settings);
        using var client = ApiClient.Create(program.Root);
        var load = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => WriteUntilItDiesAsync(client)));
        var enough = writes.Count + Random.Shared.Next(20, 250);
        await Eventually.TrueAsync(() => writes.Count >= enough, "there was load");
        await program.KillAsync();
        await load;
    }

    /// <summary>Creates klanten, changes each some times and deletes some, until the program no longer answers.</summary>
    private async Task WriteUntilItDiesAsync(HttpClient client)
    {
        for (var klant = 0; ; klant++)
        {
            if (await WriteAsync(client, "POST", "klanten", "create", Bodies.NumberedKlant()) is not { } url) return;
            for (var change = 0; change < klant % 4; change++)
                if (await WriteAsync(client, "PATCH", url, "partial_update", new JsonObject { ["functie"] = $"{change}" }) is null) return;
            if (klant % 3 == 0 && await WriteAsync(client, "DELETE", url, "destroy", null) is null) return;
        }
    }

    /// <returns>The klant's public URL; null when there was no answer, so that it may or may not be committed.</returns>
    private async Task<string?> WriteAsync(HttpClient client, string method, string url, string actie, JsonNode? body)
    {
        try
        {
            using var response = await client.SendAsync(method, url.Replace($"{PublicUrl}/api/v1/", "", StringComparison.Ordinal), body);
            Assert.True(response.IsSuccessStatusCode, $"{method}: {(int)response.StatusCode}");
            url = response.Headers.Location?.ToString() ?? url;
            writes.Enqueue(new(url, actie, true));
            return url;
        }
        catch (HttpRequestException)
        {
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
