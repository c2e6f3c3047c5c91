using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Tests.Storage.Cosmos;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage;

/// <summary>A klant may change its bronorganisatie, and stays the same klant: its URL, its place in the lists, its trail.</summary>
public abstract class StoreContractMoves(Func<Task<StoreHost>> open) : StoreContract(open)
{
    private readonly string van = Rsin();
    private readonly string naar = Rsin();

    [Fact]
    public async Task A_moved_klant_is_found_by_its_uuid()
    {
        var klant = await MovedAsync(await GivenAsync(Klant(van)), naar);
        Assert.Equal(naar, KlantJson.Read(klant.Json).Bronorganisatie);
    }

    [Fact]
    public async Task A_moved_klant_is_listed_where_it_went_and_only_there()
    {
        var klant = await MovedAsync(await GivenAsync(Klant(van)), naar);
        Assert.Equal(0, (await ListAsync((FilterFields.Bronorganisatie, van))).Count);
        Assert.Equal(klant.Id, Assert.Single((await ListAsync((FilterFields.Bronorganisatie, naar))).Klanten).Id);
        Assert.Equal(klant.Id, Assert.Single((await ListAsync()).Klanten).Id);
        Assert.Equal(1, (await ListAsync()).Count);
    }

    [Fact]
    public async Task A_moved_klant_keeps_its_place_in_the_lists()
    {
        var first = await GivenAsync(Klant(van, "1"));
        var second = await GivenAsync(Klant(naar, "2"));
        await MovedAsync(first, naar);
        Assert.Equal([first.Id, second.Id], (await ListAsync((FilterFields.Bronorganisatie, naar))).Klanten.Select(k => k.Id));
    }

    [Fact]
    public async Task A_moved_klant_keeps_its_audit_trail()
    {
        var klant = await GivenAsync(Klant(van));
        klant = await ChangedAsync(klant, k => k with { Functie = "Kok" });
        klant = await MovedAsync(klant, naar);
        klant = await ChangedAsync(klant, k => k with { Functie = "Ober" });
        var trail = await TrailAsync(klant.Id);
        Assert.Equal([van, van, naar, naar], trail.Select(r => KlantJson.Read(r.Nieuw).Bronorganisatie));
        Assert.Equal(["Bakker", "Kok", "Kok", "Ober"], trail.Select(r => KlantJson.Read(r.Nieuw).Functie));
        foreach (var regel in trail) Assert.NotNull(await Store.ReadAuditEntryAsync(klant.Id, regel.Uuid, Cancellation));
    }

    [Fact]
    public async Task A_long_audit_trail_moves_whole()
    {
        var klant = await GivenAsync(Klant(van));
        for (var i = 0; i < 120; i++) klant = await ChangedAsync(klant, k => k with { Functie = $"{i}" });
        klant = await MovedAsync(klant, naar);
        Assert.Equal(122, (await TrailAsync(klant.Id)).Count);
    }

    [Fact]
    public async Task A_klant_may_move_on_and_back()
    {
        var verder = Rsin();
        var klant = await GivenAsync(Klant(van));
        foreach (var bestemming in new[] { naar, verder, naar, van, verder, van }) klant = await MovedAsync(klant, bestemming);
        Assert.Equal(van, KlantJson.Read(klant.Json).Bronorganisatie);
        Assert.Equal(7, (await TrailAsync(klant.Id)).Count);
        Assert.Equal(1, (await ListAsync()).Count);
        Assert.Equal(1, (await ListAsync((FilterFields.Bronorganisatie, van))).Count);
        Assert.Equal(0, (await ListAsync((FilterFields.Bronorganisatie, naar))).Count);
    }

    [Fact]
    public async Task A_klant_with_a_uuid_made_elsewhere_moves_too()
    {
        var klant = await GivenAsync(Klant(van), new KlantId(new("f47ac10b-58cc-1372-8567-0e02b2c3d479")));
        klant = await MovedAsync(await MovedAsync(klant, naar), Rsin());
        Assert.Equal(3, (await TrailAsync(klant.Id)).Count);
    }

    [Fact]
    public async Task A_move_frees_the_klantnummer_and_takes_it_elsewhere()
    {
        await MovedAsync(await GivenAsync(Klant(van, "A-1")), naar);
        Assert.False(await Store.IsTakenAsync(van, "A-1", null, Cancellation));
        Assert.True(await Store.IsTakenAsync(naar, "A-1", null, Cancellation));
        await GivenAsync(Klant(van, "A-1"));
        Assert.Equal(CommitResult.KlantnummerTaken, await Store.CommitAsync(Creation(Klant(naar, "A-1")), Cancellation));
    }

    [Fact]
    public async Task A_move_to_where_the_klantnummer_is_taken_is_refused()
    {
        await GivenAsync(Klant(naar, "A-1"));
        var klant = await GivenAsync(Klant(van, "A-1"));
        Assert.Equal(CommitResult.KlantnummerTaken, await Store.CommitAsync(Change(klant, k => k with { Bronorganisatie = naar }), Cancellation));
        AssertSame(klant.Json, (await ReadAsync(klant.Id)).Json);
        Assert.Single(await TrailAsync(klant.Id));
        Assert.Equal(2, (await ListAsync()).Count);
    }

    [Fact]
    public async Task A_move_may_change_the_klantnummer()
    {
        await GivenAsync(Klant(naar, "A-1"));
        var klant = await GivenAsync(Klant(van, "A-1"));
        klant = await ChangedAsync(klant, k => k with { Bronorganisatie = naar, Klantnummer = "A-2" });
        Assert.Equal("A-2", KlantJson.Read(klant.Json).Klantnummer);
    }

    [Fact]
    public async Task A_move_of_what_others_changed_in_between_is_refused()
    {
        var before = await GivenAsync(Klant(van));
        await ChangedAsync(before, k => k with { Functie = "Kok" });
        Assert.Equal(CommitResult.Changed, await Store.CommitAsync(Change(before, k => k with { Bronorganisatie = naar }), Cancellation));
        Assert.Equal(van, KlantJson.Read((await ReadAsync(before.Id)).Json).Bronorganisatie);
        Assert.False(await Store.IsTakenAsync(naar, "10000001", null, Cancellation));
        Assert.Equal(1, (await ListAsync()).Count);
    }

    [Fact]
    public async Task A_change_of_what_moved_in_between_is_refused()
    {
        var before = await GivenAsync(Klant(van));
        await MovedAsync(before, naar);
        Assert.Equal(CommitResult.Changed, await Store.CommitAsync(Change(before, k => k with { Functie = "Kok" }), Cancellation));
        Assert.Equal(CommitResult.Changed, await Store.CommitAsync(Deletion(before), Cancellation));
        Assert.Equal(2, (await TrailAsync(before.Id)).Count);
    }

    [Fact]
    public async Task Of_many_moves_at_once_one_is_made()
    {
        var before = await GivenAsync(Klant(van));
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            Store.CommitAsync(Change(before, k => k with { Bronorganisatie = i % 2 == 0 ? naar : Rsin() }), Cancellation).AsTask()));
        Assert.Single(results, CommitResult.Committed);
        Assert.Equal(2, (await TrailAsync(before.Id)).Count);
        Assert.Equal(1, (await ListAsync()).Count);
        Assert.Single((await ListAsync()).Klanten);
    }

    [Fact]
    public async Task A_moved_klant_is_deleted_with_its_whole_trail()
    {
        var klant = await MovedAsync(await MovedAsync(await GivenAsync(Klant(van)), naar), Rsin());
        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(Deletion(klant), Cancellation));
        Assert.Null(await Store.ReadAsync(klant.Id, Cancellation));
        Assert.Null(await Store.ReadAuditTrailAsync(klant.Id, Cancellation));
        Assert.Equal(0, (await ListAsync()).Count);
    }

    [Fact]
    public async Task The_notifications_of_a_klant_that_moves_come_in_order()
    {
        var klant = await MovedAsync(await MovedAsync(await GivenAsync(Klant(van)), naar), van);
        await Store.CommitAsync(Deletion(klant), Cancellation);
        foreach (var actie in new[] { Actie.Create, Actie.PartialUpdate, Actie.PartialUpdate, Actie.Destroy })
        {
            var entry = Assert.Single(await Outbox.LeaseAsync(10, DateTimeOffset.MaxValue.AddYears(-1), TimeSpan.FromMinutes(1), Cancellation));
            Assert.Equal(actie, entry.Notificatie.Actie);
            await Outbox.DeliveredAsync(entry, Cancellation);
        }
    }

    private Task<StoredKlant> MovedAsync(StoredKlant klant, string bestemming) => ChangedAsync(klant, k => k with { Bronorganisatie = bestemming });
}

public sealed class SqliteMoveTests() : StoreContractMoves(Sqlite);

public sealed class CosmosMoveTests(CosmosAccount account) : StoreContractMoves(() => Cosmos(account));
