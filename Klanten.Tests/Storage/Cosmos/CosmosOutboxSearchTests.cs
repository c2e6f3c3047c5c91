using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos.Requests;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>Where and how often the outbox is searched: each search of all partitions costs request units in each of them.</summary>
public sealed class CosmosOutboxSearchTests(CosmosAccount account) : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly PartitionRecorder requests = new();
    private CosmosHost host = null!;
    private CosmosInstance instance = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => CosmosSituation.Start.AddMinutes(5);

    public async ValueTask InitializeAsync()
    {
        host = await CosmosHost.OpenAsync(account);
        instance = host.Another(requests);
    }

    public async ValueTask DisposeAsync()
    {
        instance.Dispose();
        requests.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task What_an_instance_committed_it_delivers_by_requests_within_the_bronorganisatie()
    {
        var situation = new CosmosSituation(host);
        var klant = await CommittedAsync(instance.Store, situation.Creation());
        await CommittedAsync(instance.Store, CosmosSituation.Change(klant, k => k with { Functie = "Kok" }));
        requests.Partitions.Clear();
        Assert.Equal([Actie.Create, Actie.PartialUpdate], await DeliverCommittedAsync());
        Assert.All(requests.Partitions, partition => Assert.Contains(situation.Origin, partition, StringComparison.Ordinal));
        requests.Partitions.Clear();
        Assert.Empty(await instance.Outbox.LeaseCommittedAsync(10, Now, Lease, Cancellation));
        Assert.Empty(requests.Partitions);
    }

    [Fact]
    public async Task What_a_deletion_and_a_move_leave_is_delivered_too()
    {
        var situation = new CosmosSituation(host);
        var klant = await CommittedAsync(instance.Store, situation.Creation());
        var moved = await CommittedAsync(
            instance.Store, CosmosSituation.Change(klant, k => k with { Bronorganisatie = situation.Destination }));
        Assert.Equal(CommitResult.Committed, await instance.Store.CommitAsync(CosmosSituation.Deletion(moved), Cancellation));
        Assert.Equal([Actie.Create, Actie.PartialUpdate, Actie.Destroy], await DeliverCommittedAsync());
    }

    [Fact]
    public async Task The_notification_of_a_klant_that_moved_waits_for_an_older_one_in_the_previous_bronorganisatie()
    {
        var situation = new CosmosSituation(host);
        var klant = await CommittedAsync(host.Store, situation.Creation());
        var first = Assert.Single(await host.Outbox.LeaseAsync(10, Now, Lease, Cancellation));
        await host.Outbox.FailedAsync(first, Now.AddMinutes(5), Cancellation);
        var move = CosmosSituation.Change(klant, k => k with { Bronorganisatie = situation.Destination });
        var moved = await CommittedAsync(host.Store, move);
        await CommittedAsync(host.Store, CosmosSituation.Change(moved, k => k with { Functie = "Kok" }));
        Assert.Empty(await host.Outbox.LeaseAsync(10, Now, Lease, Cancellation));
        var later = Now.AddMinutes(5);
        for (var number = 1; number <= 3; number++)
        {
            var next = Assert.Single(await host.Outbox.LeaseAsync(10, later, Lease, Cancellation));
            Assert.Equal(number == 1 ? Actie.Create : Actie.PartialUpdate, next.Notificatie.Actie);
            await host.Outbox.DeliveredAsync(next, Cancellation);
        }
        Assert.Equal(0, (await host.Outbox.StatusAsync(Cancellation)).Waiting);
    }

    [Fact]
    public async Task Entries_behind_one_that_waits_long_for_its_next_attempt_are_met_by_one_search_only()
    {
        var situation = new CosmosSituation(host);
        var klant = await CommittedAsync(host.Store, situation.Creation());
        var first = Assert.Single(await host.Outbox.LeaseAsync(10, Now, Lease, Cancellation));
        await host.Outbox.FailedAsync(first, Now.AddMinutes(10), Cancellation);
        for (var i = 0; i < 3; i++)
            klant = await CommittedAsync(host.Store, CosmosSituation.Change(klant, k => k with { Functie = $"{i}" }));
        Assert.Empty(await instance.Outbox.LeaseAsync(10, Now, Lease, Cancellation));
        requests.Partitions.Clear();
        Assert.Empty(await instance.Outbox.LeaseAsync(10, Now, Lease, Cancellation));
        Assert.Equal(CosmosAccount.PhysicalPartitions, requests.Partitions.Count);
        var later = await host.Outbox.LeaseAsync(10, Now.AddMinutes(10), Lease, Cancellation);
        Assert.Equal(Actie.Create, Assert.Single(later).Notificatie.Actie);
    }

    [Fact]
    public async Task All_that_is_parked_is_resumed_a_portion_at_a_time()
    {
        const int Count = 101;
        await using (var bulkLoad = await host.Store.BeginBulkLoadAsync(Cancellation))
        {
            var rsin = StoreData.Rsin();
            var klanten = Enumerable.Range(1, Count).Select(i => StoreData.Klant(rsin, $"{i}"));
            var commits = klanten.Select(klant => StoreData.Creation(klant, KlantId.New(rsin), CosmosSituation.Start)).ToList();
            await bulkLoad.CommitAsync(commits, Cancellation);
        }
        while (await host.Outbox.LeaseAsync(Count, Now, Lease, Cancellation) is { Count: > 0 } entries)
        {
            foreach (var entry in entries) await host.Outbox.FailedAsync(entry, null, Cancellation);
        }
        Assert.Equal(new(0, null, Count), await host.Outbox.StatusAsync(Cancellation));
        Assert.Equal(new(Count, 0), await instance.Outbox.ResumeAsync(Now, Cancellation));
        Assert.Equal(Count, (await DeliverCommittedAsync()).Count);
    }

    [Fact]
    public async Task What_another_instance_left_behind_is_found_within_the_minute_and_no_search_is_made_until_then()
    {
        await using var notificaties = await FakeApi.StartAsync(FakeApi.With(201));
        var settings = new Dictionary<string, string?>(NotificatiesApi.SettingsOf(notificaties.Root))
        {
            ["Klanten:Opslag"] = "Cosmos",
            ["Klanten:Cosmos:ConnectionString"] = host.Options.ConnectionString,
            ["Klanten:Cosmos:Database"] = host.Options.Database,
            ["Klanten:Cosmos:Container"] = host.Options.Container,
            ["Klanten:Cosmos:Gateway"] = "true",
        };
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var program = await KlantenHost.StartAsync(settings, services => services
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(_ => new CosmosConnection(CosmosAccount.Client(host.Options, requests))));
        // Its own creation is delivered, so its first search is over.
        var own = await program.Client.CreateAsync();
        await Eventually.TrueAsync(
            async () => (await host.Outbox.StatusAsync(Cancellation)).Waiting == 0, "it delivers what it committed");
        var left = new CosmosSituation(host);
        await CommittedAsync(host.Store, left.Creation());
        requests.Partitions.Clear();
        clock.Advance(TimeSpan.FromSeconds(44));
        using var read = await program.Client.SendAsync("GET", own);
        Assert.DoesNotContain(null, requests.Partitions);
        clock.Advance(TimeSpan.FromSeconds(16));
        await Eventually.TrueAsync(
            async () => (await host.Outbox.StatusAsync(Cancellation)).Waiting == 0, "it delivers what another left behind");
        Assert.Equal(2, notificaties.Received.Count);
    }

    private static async Task<StoredKlant> CommittedAsync(IKlantStore store, KlantCommit commit)
    {
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(commit, Cancellation));
        return (await store.ReadAsync(commit.Id, Cancellation))!;
    }

    private async Task<List<Actie>> DeliverCommittedAsync()
    {
        var delivered = new List<Actie>();
        while (await instance.Outbox.LeaseCommittedAsync(10, Now, Lease, Cancellation) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                delivered.Add(entry.Notificatie.Actie);
                await instance.Outbox.DeliveredAsync(entry, Cancellation);
            }
        }
        return delivered;
    }
}
