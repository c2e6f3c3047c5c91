using System.Globalization;
using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
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
        const int Run = 300;
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
            SubjectIdentificatie = new Vestiging { Handelsnaam = [.. Enumerable.Repeat(new string('x', 600), 2000)] },
        };
        var commit = StoreData.Creation(klant, KlantId.New(rsin), DateTimeOffset.UnixEpoch);
        await Assert.ThrowsAsync<KlantTooLargeException>(async () => await host.Store.CommitAsync(commit, Cancellation));
        Assert.Null(await host.Store.ReadAsync(commit.Id, Cancellation));
        Assert.False(await host.Store.IsTakenAsync(rsin, klant.Klantnummer, null, Cancellation));
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
        return Assert.IsType<Outcome.Done>(await create.ExecuteAsync(body.RootElement, StoreData.AuditContext, Url, Cancellation)).Id;
    }

    private static async Task<Outcome> UpdateAsync(CosmosInstance instance, KlantId id, string json = """{"functie":"Kok"}""")
    {
        using var body = JsonDocument.Parse(json);
        var update = new ChangeKlant(instance.Store, Mock.Of<ISubjectLookup>(), new(true), new(), TimeProvider.System);
        var read = await instance.Store.ReadAsync(id, Cancellation);
        return await update.ExecuteAsync(read!, body.RootElement, Actie.PartialUpdate, StoreData.AuditContext, Url, null, Cancellation);
    }
}
