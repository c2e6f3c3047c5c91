using System.Globalization;
using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
using Klanten.Functions.Storage.Cosmos.Documents;
using Klanten.Tests.Support;
using Moq;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// The number of round trips to the server of each operation is exactly the one in docs/operations.md, for the number of physical
/// partitions that the server has.
/// </summary>
public sealed class CosmosCostTests(CosmosAccount account) : IAsyncLifetime
{
    private static readonly KlantUrl Url = new("https://klanten.example/api/v1/klanten/");

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, Func<CosmosCostTests, Task>> Operations = new()
    {
        ["klant_read"] = async t => Assert.NotNull(await t.ReadAsync()),
        ["klant_read, no such klant"] = async t =>
            Assert.Null(await t.instance.Store.ReadAsync(KlantId.New(t.situation.Origin), Cancellation)),
        ["klant_create with a klantnummer"] = t => t.CreateAsync("""klantnummer":"A-9"""),
        ["klant_create without"] = t => t.CreateAsync("""functie":"Kok"""),
        ["klant_update, klant_partial_update"] = t => t.UpdateAsync("""{"functie":"Kok"}"""),
        ["klant_delete"] = t => t.DeleteAsync(),
        ["klant_list by a key"] = t => t.ListAsync(1, 1, (FilterFields.InpBsn, "123456782")),
        ["klant_list by a key within a bronorganisatie"] = t =>
            t.ListAsync(1, 1, (FilterFields.Bronorganisatie, t.situation.Origin), (FilterFields.InpBsn, "123456782")),
        ["klant_list, first page of all"] = t => t.ListAsync(1, 1),
        ["klant_list, first page of a bronorganisatie"] = t => t.ListAsync(1, 1, (FilterFields.Bronorganisatie, t.situation.Origin)),
        ["klant_list, a later page by a key"] = t => t.ListAsync(2, null, (FilterFields.Achternaam, "Jansen")),
        ["klant_list, a later page that is not there"] = t =>
            t.ListAsync(2, null, (FilterFields.Bronorganisatie, t.situation.Origin)),
        ["klant_list, the last page"] = t => t.ListAsync(null, 1, (FilterFields.InpBsn, "123456782")),
        ["audittrail_list"] = async t =>
            Assert.Single((await t.instance.Store.ReadAuditTrailAsync(t.situation.Id, Cancellation))!.Items),
        ["audittrail_read"] = async t =>
            Assert.Null(await t.instance.Store.ReadAuditEntryAsync(t.situation.Id, Guid.NewGuid(), Cancellation)),
        ["a look in the outbox, nothing due"] = async t =>
            Assert.Empty(await t.instance.Outbox.LeaseAsync(10, CosmosSituation.Start.AddMinutes(-1), Lease, Cancellation)),
        ["a notification, held and delivered"] = async t =>
        {
            var entry = Assert.Single(await t.instance.Outbox.LeaseAsync(10, DateTimeOffset.UtcNow.AddYears(10), Lease, Cancellation));
            await t.instance.Outbox.DeliveredAsync(entry, Cancellation);
        },
        ["klant_update that moves the klant"] = t => t.UpdateAsync($$"""{"bronorganisatie":"{{t.situation.Destination}}"}"""),
    };

    private readonly FaultHandler handler = new();
    private CosmosHost host = null!;
    private CosmosInstance instance = null!;
    private CosmosSituation situation = null!;

    public static TheoryData<string> Names => [.. Operations.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await CosmosHost.OpenAsync(account);
        instance = host.Another(handler);
        // The client reads the account and the container once, and the bronorganisaties get their counters and numbers; none is counted.
        var warmUp = new CosmosSituation(host);
        await warmUp.GivenAsync(warmUp.Destination);
        await instance.Store.ListAsync(KlantFilter.None, PageRequest.First, Cancellation);
        var moved = (await instance.Store.ReadAsync(warmUp.Id, Cancellation))!;
        await instance.Store.CommitAsync(CosmosSituation.Deletion(moved), Cancellation);
        var later = DateTimeOffset.UtcNow.AddYears(10);
        while (await host.Outbox.LeaseAsync(100, later, Lease, Cancellation) is { Count: > 0 } left)
        {
            foreach (var entry in left) await host.Outbox.DeliveredAsync(entry, Cancellation);
        }
        situation = new CosmosSituation(host);
        await situation.GivenAsync();
        var access = account.Access(instance.Client, host.Options);
        for (var shard = 0; shard < Counters.Shards; shard++)
        {
            await access.CreateCountersAsync(situation.Origin, shard, Cancellation);
            await access.CreateCountersAsync(situation.Destination, shard, Cancellation);
        }
        await instance.Store.TakeNumbersAsync(situation.Origin, 1, 10, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        instance.Dispose();
        handler.Dispose();
        await host.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_operation_takes_the_number_of_round_trips_in_the_table(string name)
    {
        handler.Plan((_, _) => null);
        await Operations[name](this);
        TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {handler.Count}");
        Assert.Equal(Table()[name], handler.Count);
    }

    [Fact]
    public void The_table_contains_every_operation() => Assert.Equal(Operations.Keys.Order(), Table().Keys.Order());

    [Fact]
    public async Task A_page_and_its_count_are_requested_in_parallel()
    {
        // The handler holds each request until all of both have been sent, so sequential requests would time out.
        using var pair = new PairHandler();
        using var other = host.Another(pair);
        await other.Store.ListAsync(new([(FilterFields.Achternaam, "Jansen")]), PageRequest.First, Cancellation);
        pair.Arm();
        await other.Store.ListAsync(KlantFilter.None, PageRequest.First, Cancellation);
        Assert.Equal(2 * CosmosAccount.PhysicalPartitions, pair.Count);
    }

    /// <summary>
    /// The first columns of the table in docs/operations.md: the round trips on one physical partition, and how many more for each
    /// further one. The sum is for the number that this server has.
    /// </summary>
    private static Dictionary<string, int> Table() => File.ReadLines(Repository.PathOf("docs", "operations.md"))
        .SkipWhile(line => !line.StartsWith("| operation | round trips |", StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[1], cells => Number(cells[2]) + (Number(cells[3]) * (CosmosAccount.PhysicalPartitions - 1)));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private async Task<StoredKlant?> ReadAsync() => await instance.Store.ReadAsync(situation.Id, Cancellation);

    private async Task CreateAsync(string field)
    {
        using var body = JsonDocument.Parse($$"""
            {
                "bronorganisatie": "{{situation.Origin}}",
                "websiteUrl": "https://x.example",
                "subjectType": "vestiging",
                "subjectIdentificatie": { "vestigingsNummer": "1" },
                "{{field}}"
            }
            """);
        var create = new RegisterKlant(instance.Store, Mock.Of<ISubjectLookup>(), new(true), TimeProvider.System);
        Assert.IsType<Outcome.Done>(
            await create.ExecuteAsync(body.RootElement, Dialect.Standard, StoreData.AuditContext, Url, Cancellation));
    }

    private async Task UpdateAsync(string json)
    {
        using var body = JsonDocument.Parse(json);
        var update = new ChangeKlant(instance.Store, Mock.Of<ISubjectLookup>(), new(true), new(), TimeProvider.System);
        var klant = (await ReadAsync())!;
        var outcome = await update
            .ExecuteAsync(klant, body.RootElement, Dialect.Standard, Actie.PartialUpdate, StoreData.AuditContext, Url, null, Cancellation);
        Assert.IsType<Outcome.Done>(outcome);
    }

    private async Task DeleteAsync()
    {
        var delete = new RemoveKlant(instance.Store, new(true), new(), TimeProvider.System);
        Assert.IsType<Outcome.Done>(await delete.ExecuteAsync(situation.Id, Url, null, Cancellation));
    }

    private async Task ListAsync(int? number, long? count, params (FilterField, string)[] filter) =>
        Assert.Equal(count, (await instance.Store.ListAsync(new(filter), new(number), Cancellation))?.Count);

    private sealed class PairHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly TaskCompletionSource both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool armed;
        private int count;

        public int Count => count;

        public void Arm() => armed = true;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (armed && request.RequestUri!.AbsolutePath.Contains("/docs", StringComparison.Ordinal))
            {
                if (Interlocked.Increment(ref count) == 2 * CosmosAccount.PhysicalPartitions) both.SetResult();
                await both.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
            }
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
