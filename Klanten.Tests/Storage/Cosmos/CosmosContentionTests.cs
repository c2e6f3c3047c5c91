using System.Globalization;
using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
using Klanten.Functions.Storage.Cosmos.Documents;
using Klanten.Functions.Storage.Cosmos.Requests;
using Microsoft.Azure.Cosmos;
using Moq;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>The use cases on top of the store, with concurrent requests on several instances.</summary>
public sealed class CosmosContentionTests(CosmosAccount account) : IAsyncLifetime
{
    private static readonly KlantUrl Url = new("https://klanten.example/api/v1/klanten/");

    private readonly FaultHandler handler = new();
    private readonly string rsin = StoreData.Rsin();
    private CosmosHost host = null!;
    private CosmosInstance[] instances = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await CosmosHost.OpenAsync(account);
        instances = [host.Another(handler), host.Another()];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in instances) instance.Dispose();
        handler.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Concurrent_updates_of_one_klant_all_succeed()
    {
        var id = await CreateAsync(instances[0]);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => UpdateAsync(instances[i % 2], id)));
        Assert.All(outcomes, outcome => Assert.IsType<Outcome.Done>(outcome));
        Assert.Equal(17, (await host.Store.ReadAuditTrailAsync(id, Cancellation))!.Items.Count);
    }

    [Fact]
    public async Task An_update_that_is_overtaken_ten_times_is_retried_and_succeeds()
    {
        var id = await CreateAsync(instances[0]);
        var overtaken = 0;
        handler.Plan((_, isWrite) => isWrite && ++overtaken <= 10 ? Fault.Overtaken : null);
        Assert.IsType<Outcome.Done>(await UpdateAsync(instances[0], id));
        Assert.Equal(2, (await host.Store.ReadAuditTrailAsync(id, Cancellation))!.Items.Count);
    }

    [Fact]
    public async Task An_update_that_is_always_overtaken_is_given_up_and_changes_nothing()
    {
        var id = await CreateAsync(instances[0]);
        handler.Plan((_, isWrite) => isWrite ? Fault.Overtaken : null);
        Assert.IsType<Outcome.Contended>(await UpdateAsync(instances[0], id));
        Assert.Single((await host.Store.ReadAuditTrailAsync(id, Cancellation))!.Items);
    }

    [Fact]
    public async Task Generated_klantnummers_are_unique_across_instances()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => CreateAsync(instances[i % 2])));
        var page = await host.Store.ListAsync(new([(FilterFields.Bronorganisatie, rsin)]), PageRequest.First, Cancellation);
        Assert.Equal(30, page!.Count);
        Assert.Equal(30, page.Klanten.Items.Select(k => KlantJson.Read(k.Json).Klantnummer).Distinct().Count());
    }

    [Fact]
    public async Task Generated_klantnummers_skip_those_that_consumers_have_chosen()
    {
        for (var number = 10_000_000; number < 10_000_006; number++) await CreateAsync(instances[0], $"{number}");
        var klant = await host.Store.ReadAsync(await CreateAsync(instances[1]), Cancellation);
        Assert.Equal("10000006", KlantJson.Read(klant!.Json).Klantnummer);
    }

    [Fact]
    public async Task Instances_that_pass_the_same_used_klantnummers_at_the_same_time_waste_few_and_repeat_none()
    {
        const int Run = 120;
        await using (var bulkLoad = await host.Store.BeginBulkLoadAsync(Cancellation))
        {
            var used = Enumerable.Range(0, Run).Select(i => StoreData.Klant(rsin, $"{10_000_000 + i}"));
            var commits = used.Select(klant => StoreData.Creation(klant, KlantId.New(rsin), DateTimeOffset.UnixEpoch)).ToList();
            await bulkLoad.CommitAsync(commits, Cancellation);
        }
        var created = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => CreateAsync(instances[i % 2])));
        var numbers = new List<int>();
        foreach (var id in created)
        {
            var klant = await host.Store.ReadAsync(id, Cancellation);
            numbers.Add(int.Parse(KlantJson.Read(klant!.Json).Klantnummer, CultureInfo.InvariantCulture));
        }
        Assert.Equal(20, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.InRange(number, 10_000_000 + Run, 10_000_000 + Run + 199));
    }

    /// <summary>Between the read and the write of one instance, another passes the same numbers.</summary>
    [Fact]
    public async Task Instances_that_pass_used_klantnummers_at_the_same_moment_take_different_numbers()
    {
        const int Used = 100;
        await instances[1].Store.TakeNumbersAsync(rsin, 1, 1, Cancellation);
        long? other = null;
        handler.Plan(async (_, _, isWrite) =>
        {
            if (isWrite) other ??= await instances[1].Store.TakeNumbersAsync(rsin, 1, Used, Cancellation);
            return null;
        });
        var number = await instances[0].Store.TakeNumbersAsync(rsin, 1, Used, Cancellation);
        Assert.Equal((Used, Used + 50), (other, number));
    }

    [Fact]
    public async Task Creations_at_once_share_the_numbers_that_one_request_took()
    {
        await instances[0].Store.TakeNumbersAsync(rsin, 50, 1, Cancellation);
        handler.Plan((_, _) => null);
        var numbers = await Task.WhenAll(
            Enumerable.Range(0, 120).Select(_ => Task.Run(() => instances[0].Store.TakeNumbersAsync(rsin, 1, 1, Cancellation).AsTask())));
        Assert.Equal(Enumerable.Range(51, 120).Select(number => (long)number), numbers.Order());
        Assert.Equal(3, handler.Count);
    }

    [Fact]
    public async Task A_program_that_was_killed_leaves_a_gap_and_its_numbers_are_not_given_out_again()
    {
        var before = await instances[0].Store.TakeNumbersAsync(rsin, 1, 1, Cancellation);
        using var restarted = host.Another();
        Assert.InRange(await restarted.Store.TakeNumbersAsync(rsin, 1, 1, Cancellation), before + 1, before + 100);
    }

    [Fact]
    public async Task A_conflict_on_a_klantnummer_that_no_klant_has_is_retried()
    {
        var refused = 0;
        handler.Plan((_, isWrite) => isWrite && ++refused == 1 ? Fault.Taken : null);
        await CreateAsync(instances[0], "A-1");
        Assert.True(await host.Store.IsTakenAsync(rsin, "A-1", null, Cancellation));
    }

    [Fact]
    public async Task Creations_in_one_bronorganisatie_change_different_counters()
    {
        for (var i = 0; i < 40; i++) await CreateAsync(instances[0], $"A-{i}");
        var query = new QueryDefinition("SELECT c.klantCount FROM c WHERE c.type = 'counters'");
        var counters = await account.Access(instances[0].Client, host.Options).QueryAsync("test", query, rsin, Cancellation);
        Assert.InRange(counters.Count, 2, Counters.Shards);
        Assert.Equal(40, counters.Sum(shard => Counts.Parse(shard).Klanten));
        Assert.Equal(40, (await host.Store.ListAsync(new([(FilterFields.Bronorganisatie, rsin)]), PageRequest.First, Cancellation))!.Count);
    }

    [Fact]
    public async Task A_bulk_load_adds_thirty_klanten_in_a_transaction()
    {
        await GivenCountersAsync();
        handler.Plan((_, _) => null);
        await LoadAsync(60);
        Assert.Equal(2, handler.Count);
    }

    /// <summary>Half of the transactions are carried out and go unanswered.</summary>
    [Fact]
    public async Task A_bulk_load_whose_answer_was_lost_adds_each_klant_once()
    {
        await GivenCountersAsync();
        var writes = 0;
        handler.Plan((_, isWrite) => isWrite && Interlocked.Increment(ref writes) % 2 == 0 ? Fault.AnswerLost : null);
        await LoadAsync(40);
        var page = await host.Store.ListAsync(new([(FilterFields.Bronorganisatie, rsin)]), PageRequest.First, Cancellation);
        Assert.Equal((40, 40), (page!.Count, page.Klanten.Items.Count));
    }

    [Fact]
    public async Task The_state_of_the_outbox_takes_as_many_requests_however_much_waits()
    {
        await instances[0].Outbox.StatusAsync(Cancellation);
        for (var waiting = 1; waiting <= 3; waiting++)
        {
            await CreateAsync(instances[0]);
            handler.Plan((_, _) => null);
            Assert.Equal(waiting, (await instances[0].Outbox.StatusAsync(Cancellation)).Waiting);
            Assert.Equal(3 * CosmosAccount.PhysicalPartitions, handler.Count);
        }
        var most = CosmosQueries.OutboxSample(OutboxDocument.WaitingType, 1_000);
        Assert.EndsWith(" OFFSET 0 LIMIT @most", most.QueryText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_klantnummer_that_is_always_refused_while_no_klant_has_it_is_not_said_to_be_taken()
    {
        var commit = StoreData.Creation(StoreData.Klant(rsin), KlantId.New(rsin), DateTimeOffset.UnixEpoch);
        handler.Plan((_, isWrite) => isWrite ? Fault.Taken : null);
        var unknown = await Assert.ThrowsAsync<CosmosStoreException>(
            async () => await instances[0].Store.CommitAsync(commit, Cancellation));
        Assert.Equal(StoreFault.Unknown, unknown.Fault);
    }

    [Fact]
    public async Task Conflicting_steps_are_retried_before_the_consumer_is_told()
    {
        var conflicts = 0;
        handler.Plan((_, isWrite) => isWrite && ++conflicts <= 5 ? Fault.RetryWith : null);
        await CreateAsync(instances[0], "A-1");
        Assert.True(await host.Store.IsTakenAsync(rsin, "A-1", null, Cancellation));
    }

    [Fact]
    public async Task Conflicting_takes_of_numbers_are_retried_before_the_consumer_is_told()
    {
        await CreateAsync(instances[1]);
        var conflicts = 0;
        handler.Plan((_, isWrite) => isWrite && ++conflicts <= 5 ? Fault.RetryWith : null);
        Assert.Equal(51, await instances[0].Store.TakeNumbersAsync(rsin, 1, 1, Cancellation));
        Assert.Equal(6, conflicts);
    }

    [Fact]
    public async Task A_klant_that_moves_during_concurrent_updates_loses_none_of_them()
    {
        var id = await CreateAsync(instances[0]);
        var destination = StoreData.Rsin();
        var bodies = Enumerable.Range(0, 9).Select(i =>
        {
            if (i % 3 != 0) return $$"""{"functie":"{{i}}"}""";
            return $$"""{"bronorganisatie":"{{(i % 2 == 0 ? destination : rsin)}}"}""";
        });
        var outcomes = await Task.WhenAll(bodies.Select((body, i) => UpdateAsync(instances[i % 2], id, body)));
        Assert.All(outcomes, outcome => Assert.IsType<Outcome.Done>(outcome));
        Assert.Equal(10, (await host.Store.ReadAuditTrailAsync(id, Cancellation))!.Items.Count);
        Assert.Equal(1, (await host.Store.ListAsync(KlantFilter.None, PageRequest.First, Cancellation))!.Count);
    }

    [Fact]
    public async Task A_klant_that_is_too_large_is_refused_and_nothing_of_it_is_stored()
    {
        var klant = StoreData.Klant(rsin, subjectType: SubjectType.Vestiging) with
        {
            SubjectIdentificatie = new Vestiging { Handelsnaam = [.. Enumerable.Repeat(new string('x', 1_100), 2_000)] },
        };
        var commit = StoreData.Creation(klant, KlantId.New(rsin), DateTimeOffset.UnixEpoch);
        await Assert.ThrowsAsync<KlantTooLargeException>(async () => await host.Store.CommitAsync(commit, Cancellation));
        Assert.Null(await host.Store.ReadAsync(commit.Id, Cancellation));
        Assert.False(await host.Store.IsTakenAsync(rsin, klant.Klantnummer, null, Cancellation));
    }

    /// <summary>All counters, so that no transaction is refused for want of one.</summary>
    private async Task GivenCountersAsync()
    {
        var access = account.Access(instances[1].Client, host.Options);
        for (var shard = 0; shard < Counters.Shards; shard++) await access.CreateCountersAsync(rsin, shard, Cancellation);
    }

    private async Task LoadAsync(int count)
    {
        var klanten = Enumerable.Range(0, count).Select(i => StoreData.Klant(rsin, $"A-{i}"));
        var commits = klanten.Select(klant => StoreData.Creation(klant, KlantId.New(rsin), DateTimeOffset.UnixEpoch)).ToList();
        await using var bulkLoad = await instances[0].Store.BeginBulkLoadAsync(Cancellation);
        Assert.All(await bulkLoad.CommitAsync(commits, Cancellation), result => Assert.Equal(CommitResult.Committed, result));
    }

    private async Task<KlantId> CreateAsync(CosmosInstance instance, string? klantnummer = null)
    {
        var number = klantnummer is null ? "" : $"\"klantnummer\":\"{klantnummer}\",";
        using var body = JsonDocument.Parse($$"""
            {
                "bronorganisatie": "{{rsin}}",
                {{number}}
                "websiteUrl": "https://x.example",
                "subjectType": "vestiging",
                "subjectIdentificatie": { "vestigingsNummer": "1" }
            }
            """);
        var create = new RegisterKlant(instance.Store, Mock.Of<ISubjectLookup>(), new(true), TimeProvider.System);
        var outcome = await create.ExecuteAsync(body.RootElement, Dialect.Standard, StoreData.AuditContext, Url, Cancellation);
        return Assert.IsType<Outcome.Done>(outcome).Id;
    }

    private static async Task<Outcome> UpdateAsync(CosmosInstance instance, KlantId id, string json = """{"functie":"Kok"}""")
    {
        using var body = JsonDocument.Parse(json);
        var update = new ChangeKlant(instance.Store, Mock.Of<ISubjectLookup>(), new(true), new(), TimeProvider.System);
        var read = await instance.Store.ReadAsync(id, Cancellation);
        return await update.ExecuteAsync(
            read!, body.RootElement, Dialect.Standard, Actie.PartialUpdate, StoreData.AuditContext, Url, null, Cancellation);
    }
}
