using System.Globalization;
using System.Text.Json.Nodes;
using Klanten.Core.Ports;
using Klanten.Tests.Storage.Kills;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// The program is killed at random moments while consumers write, move and delete klanten and it delivers notifications, several times on
/// the same container. Every answered write is there afterwards, each write without an answer is there whole or not at all, and another
/// instance delivers within a minute what the killed one left in the outbox. <c>scripts/kill-test.sh</c> does it for as many kills as
/// asked, a new container after each <see cref="KillsOfAContainer"/>.
/// </summary>
public sealed class CosmosKillTests(CosmosAccount account, ITestOutputHelper output)
{
    private const int KillsOfAContainer = 10;
    private const int CountWriters = 8;

    private static readonly int Kills = Effort.Rounds("KLANTEN_KILL_ROUNDS", inSuite: 3);

    /// <summary>The server of the tests is slow when many tests use it, and no test is about its speed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Every_answered_write_is_there_and_is_published_within_a_minute_though_the_process_is_killed_under_load()
    {
        for (var left = Kills; left > 0; left -= KillsOfAContainer)
        {
            await KillAsync(Math.Min(left, KillsOfAContainer));
        }
    }

    private async Task KillAsync(int kills)
    {
        using var folder = new TempFolder();
        await using var store = new CosmosContainer(account);
        await store.InitializeAsync();
        await using var notificaties = await FakeApi.StartAsync(http => FakeApi.With(Random.Shared.Next(20) == 0 ? 503 : 201)(http));
        var settings = new Dictionary<string, string?>(
            [.. Applications.Settings, .. store.Settings, .. NotificatiesApi.SettingsOf(notificaties.Root)])
        {
            ["Klanten:PubliekeUrl"] = WritingConsumer.PublicUrl,
        };
        var writers = new Writers(CountWriters);
        var ledger = writers.Ledger;
        for (var kill = 1; kill < kills; kill++) await LoadAndKillAsync(folder, settings, writers);

        // By this clock all leases and retries of the killed programs are due, so that only its own searches decide when it delivers.
        notificaties.Answer = FakeApi.With(201);
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow + OutboxTimes.Lease + OutboxTimes.MaxDelay);
        await using var survivor = await KlantenHost.StartAsync(settings, services => services.AddSingleton<TimeProvider>(clock));
        await EmptyAsync(survivor);
        await LoadAndKillAsync(folder, settings, writers);
        var beforeLast = notificaties.Received.Count;
        clock.Advance(TimeSpan.FromMinutes(1));
        await EmptyAsync(survivor);
        using var client = Client(survivor.Root);
        await writers.CompareAsync(client);

        var published = notificaties.Received.Select(request => new Published(request.Json)).Distinct().ToArray();
        var lost = ledger.Writes.GroupBy(write => write)
            .Sum(writes => Math.Max(0, writes.Count() - published.Count(p => (p.Url, p.Actie) == writes.Key)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{kills} kills, {writers}. {ledger.Faults.Count} lost, torn or doubled. {notificaties.Received.Count} deliveries tried " +
            $"({notificaties.Received.Count - beforeLast} after the last kill), {published.Length} notifications, {lost} lost."));
        Assert.Empty(ledger.Faults);
        Assert.Equal(ledger.CountSent, ledger.CountAnswered + writers.CountUnanswered);
        Assert.Equal(0, lost);
        Assert.All(published.GroupBy(p => p.Url), klant => Assert.Equal(klant.OrderBy(p => p.Moment, StringComparer.Ordinal), klant));
    }

    private static async Task LoadAndKillAsync(TempFolder folder, Dictionary<string, string?> settings, Writers writers)
    {
        await using var program = await KlantenProgram.StartAsync(folder.Path, settings);
        using var client = Client(program.Root);
        await writers.CompareAsync(client);
        await writers.LoadAndKillAsync(program, client, Random.Shared.Next(20, 120));
    }

    /// <summary>Waits until nothing is left in the outbox.</summary>
    private static Task EmptyAsync(KlantenHost program)
    {
        var outbox = program.Services.GetRequiredService<IOutbox>();
        return Eventually.TrueAsync(
            async () => await outbox.StatusAsync(TestContext.Current.CancellationToken) is { Waiting: 0, Parked: 0 },
            "the outbox is empty",
            Patience);
    }

    private static HttpClient Client(string root)
    {
        var client = ApiClient.Create(root);
        client.Timeout = Patience;
        return client;
    }

    private sealed record Published(string Url, string Actie, string Moment)
    {
        public Published(JsonNode body) : this((string)body["hoofdObject"]!, (string)body["actie"]!, (string)body["aanmaakdatum"]!)
        {
        }
    }
}
