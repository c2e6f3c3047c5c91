using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Tests.Storage.Cosmos;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage;

/// <summary>A klant that changes its bronorganisatie keeps its URL, its place in the lists and its audit trail.</summary>
public abstract class StoreContractMoves(Func<Task<StoreHost>> open) : StoreContract(open)
{
    private readonly string origin = Rsin();
    private readonly string destination = Rsin();

    [Fact]
    public async Task A_moved_klant_is_found_by_its_uuid()
    {
        var klant = await MovedAsync(await GivenAsync(Klant(origin)), destination);
        Assert.Equal(destination, KlantJson.Read(klant.Json).Bronorganisatie);
    }

    [Fact]
    public async Task A_moved_klant_is_listed_under_its_new_bronorganisatie_only()
    {
        var klant = await MovedAsync(await GivenAsync(Klant(origin)), destination);
        Assert.Equal(0, (await ListAsync((FilterFields.Bronorganisatie, origin))).Count);
        Assert.Equal(klant.Id, Assert.Single((await ListAsync((FilterFields.Bronorganisatie, destination))).Klanten.Items).Id);
        Assert.Equal(klant.Id, Assert.Single((await ListAsync()).Klanten.Items).Id);
        Assert.Equal(1, (await ListAsync()).Count);
    }

    [Fact]
    public async Task A_moved_klant_keeps_its_place_in_the_lists()
    {
        var first = await GivenAsync(Klant(origin, "1"));
        var second = await GivenAsync(Klant(destination, "2"));
        await MovedAsync(first, destination);
        Assert.Equal([first.Id, second.Id], (await ListAsync((FilterFields.Bronorganisatie, destination))).Klanten.Items.Select(k => k.Id));
    }

    [Fact]
    public async Task A_moved_klant_keeps_its_audit_trail()
    {
        var klant = await GivenAsync(Klant(origin));
        klant = await ChangedAsync(klant, k => k with { Functie = "Kok" });
        klant = await MovedAsync(klant, destination);
        klant = await ChangedAsync(klant, k => k with { Functie = "Ober" });
        var trail = await TrailAsync(klant.Id);
        Assert.Equal([origin, origin, destination, destination], trail.Select(r => KlantJson.Read(r.Nieuw).Bronorganisatie));
        Assert.Equal(["Bakker", "Kok", "Kok", "Ober"], trail.Select(r => KlantJson.Read(r.Nieuw).Functie));
        foreach (var entry in trail) Assert.NotNull(await Store.ReadAuditEntryAsync(klant.Id, entry.Uuid, Cancellation));
    }

    [Fact]
    public async Task A_long_audit_trail_is_whole_after_a_move()
    {
        var klant = await GivenAsync(Klant(origin));
        for (var i = 0; i < 120; i++) klant = await ChangedAsync(klant, k => k with { Functie = $"{i}" });
        klant = await MovedAsync(klant, destination);
        Assert.Equal(122, (await TrailAsync(klant.Id)).Count);
    }

    [Fact]
    public async Task A_klant_may_move_several_times_and_back()
    {
        var elsewhere = Rsin();
        var klant = await GivenAsync(Klant(origin));
        foreach (var bronorganisatie in new[] { destination, elsewhere, destination, origin, elsewhere, origin })
        {
            klant = await MovedAsync(klant, bronorganisatie);
        }
        Assert.Equal(origin, KlantJson.Read(klant.Json).Bronorganisatie);
        Assert.Equal(7, (await TrailAsync(klant.Id)).Count);
        Assert.Equal(1, (await ListAsync()).Count);
        Assert.Equal(1, (await ListAsync((FilterFields.Bronorganisatie, origin))).Count);
        Assert.Equal(0, (await ListAsync((FilterFields.Bronorganisatie, destination))).Count);
    }

    [Fact]
    public async Task A_klant_with_a_uuid_made_elsewhere_moves_too()
    {
        var klant = await GivenAsync(Klant(origin), new KlantId(new("f47ac10b-58cc-1372-8567-0e02b2c3d479")));
        klant = await MovedAsync(await MovedAsync(klant, destination), Rsin());
        Assert.Equal(3, (await TrailAsync(klant.Id)).Count);
    }

    [Fact]
    public async Task A_move_frees_the_klantnummer_in_the_origin_and_takes_it_in_the_destination()
    {
        await MovedAsync(await GivenAsync(Klant(origin, "A-1")), destination);
        Assert.False(await Store.IsTakenAsync(origin, "A-1", null, Cancellation));
        Assert.True(await Store.IsTakenAsync(destination, "A-1", null, Cancellation));
        await GivenAsync(Klant(origin, "A-1"));
        Assert.Equal(CommitResult.KlantnummerTaken, await Store.CommitAsync(Creation(Klant(destination, "A-1")), Cancellation));
    }

    [Fact]
    public async Task A_move_to_a_bronorganisatie_where_the_klantnummer_is_taken_is_refused()
    {
        await GivenAsync(Klant(destination, "A-1"));
        var klant = await GivenAsync(Klant(origin, "A-1"));
        var move = Change(klant, k => k with { Bronorganisatie = destination });
        Assert.Equal(CommitResult.KlantnummerTaken, await Store.CommitAsync(move, Cancellation));
        AssertSame(klant.Json, (await ReadAsync(klant.Id)).Json);
        Assert.Single(await TrailAsync(klant.Id));
        Assert.Equal(2, (await ListAsync()).Count);
    }

    [Fact]
    public async Task A_move_may_change_the_klantnummer()
    {
        await GivenAsync(Klant(destination, "A-1"));
        var klant = await GivenAsync(Klant(origin, "A-1"));
        klant = await ChangedAsync(klant, k => k with { Bronorganisatie = destination, Klantnummer = "A-2" });
        Assert.Equal("A-2", KlantJson.Read(klant.Json).Klantnummer);
    }

    [Fact]
    public async Task A_move_of_a_klant_that_another_commit_changed_is_refused()
    {
        var before = await GivenAsync(Klant(origin));
        await ChangedAsync(before, k => k with { Functie = "Kok" });
        var move = Change(before, k => k with { Bronorganisatie = destination });
        Assert.Equal(CommitResult.Changed, await Store.CommitAsync(move, Cancellation));
        Assert.Equal(origin, KlantJson.Read((await ReadAsync(before.Id)).Json).Bronorganisatie);
        Assert.False(await Store.IsTakenAsync(destination, "10000001", null, Cancellation));
        Assert.Equal(1, (await ListAsync()).Count);
    }

    [Fact]
    public async Task A_change_of_a_klant_that_another_commit_moved_is_refused()
    {
        var before = await GivenAsync(Klant(origin));
        await MovedAsync(before, destination);
        Assert.Equal(CommitResult.Changed, await Store.CommitAsync(Change(before, k => k with { Functie = "Kok" }), Cancellation));
        Assert.Equal(CommitResult.Changed, await Store.CommitAsync(Deletion(before), Cancellation));
        Assert.Equal(2, (await TrailAsync(before.Id)).Count);
    }

    [Fact]
    public async Task One_of_many_concurrent_moves_is_made()
    {
        var before = await GivenAsync(Klant(origin));
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            Store.CommitAsync(Change(before, k => k with { Bronorganisatie = i % 2 == 0 ? destination : Rsin() }), Cancellation).AsTask()));
        Assert.Single(results, CommitResult.Committed);
        Assert.Equal(2, (await TrailAsync(before.Id)).Count);
        Assert.Equal(1, (await ListAsync()).Count);
        Assert.Single((await ListAsync()).Klanten.Items);
    }

    [Fact]
    public async Task A_moved_klant_is_deleted_with_its_whole_trail()
    {
        var klant = await MovedAsync(await MovedAsync(await GivenAsync(Klant(origin)), destination), Rsin());
        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(Deletion(klant), Cancellation));
        Assert.Null(await Store.ReadAsync(klant.Id, Cancellation));
        Assert.Null(await Store.ReadAuditTrailAsync(klant.Id, Cancellation));
        Assert.Equal(0, (await ListAsync()).Count);
    }

    [Fact]
    public async Task The_notifications_of_a_klant_that_moves_are_leased_in_order()
    {
        var klant = await MovedAsync(await MovedAsync(await GivenAsync(Klant(origin)), destination), origin);
        await Store.CommitAsync(Deletion(klant), Cancellation);
        foreach (var actie in new[] { Actie.Create, Actie.PartialUpdate, Actie.PartialUpdate, Actie.Destroy })
        {
            var leased = await Outbox.LeaseAsync(10, DateTimeOffset.MaxValue.AddYears(-1), TimeSpan.FromMinutes(1), Cancellation);
            var entry = Assert.Single(leased);
            Assert.Equal(actie, entry.Notificatie.Actie);
            await Outbox.DeliveredAsync(entry, Cancellation);
        }
    }

    private Task<StoredKlant> MovedAsync(StoredKlant klant, string bronorganisatie) =>
        ChangedAsync(klant, k => k with { Bronorganisatie = bronorganisatie });
}

public sealed class SqliteMoveTests() : StoreContractMoves(Sqlite);

public sealed class CosmosMoveTests(CosmosAccount account) : StoreContractMoves(() => Cosmos(account));
