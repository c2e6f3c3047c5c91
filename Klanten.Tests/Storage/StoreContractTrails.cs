using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Tests.Storage.Cosmos;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage;

/// <summary>Each commit adds one entry to the audit trail, in the order of the commits. A deletion removes the trail.</summary>
public abstract class StoreContractTrails(Func<Task<StoreHost>> open) : StoreContract(open)
{
    private readonly string rsin = Rsin();

    [Fact]
    public async Task A_creation_leaves_an_entry_as_it_was_written()
    {
        var commit = Creation(Klant(rsin));
        await Store.CommitAsync(commit, Cancellation);
        var entry = Assert.Single(await TrailAsync(commit.Id));
        AssertSame(commit.AuditEntry!, entry);
        Assert.True(entry.Oud.IsEmpty);
    }

    [Fact]
    public async Task A_change_leaves_an_entry_with_before_and_after()
    {
        var before = await GivenAsync(Klant(rsin));
        var commit = Change(before, k => k with { Klantnummer = "A-2", Adres = null });
        await Store.CommitAsync(commit, Cancellation);
        var trail = await TrailAsync(before.Id);
        Assert.Equal([Actie.Create, Actie.PartialUpdate], trail.Select(r => r.Actie));
        AssertSame(commit.AuditEntry!, trail[1]);
    }

    [Fact]
    public async Task Entries_are_in_the_order_of_the_commits_even_when_clocks_differ()
    {
        var klant = await GivenAsync(Klant(rsin));
        var late = Change(klant, k => k with { Functie = "1" });
        var early = late.AuditEntry! with { Aanmaakdatum = late.AuditEntry.Aanmaakdatum.AddMinutes(-5) };
        await Store.CommitAsync(late with { AuditEntry = early }, Cancellation);
        Assert.Equal([Actie.Create, Actie.PartialUpdate], (await TrailAsync(klant.Id)).Select(r => r.Actie));
    }

    [Fact]
    public async Task A_klant_that_does_not_exist_has_no_trail()
    {
        Assert.Null(await Store.ReadAuditTrailAsync(KlantId.New(rsin), Cancellation));
        Assert.Null(await Store.ReadAuditEntryAsync(KlantId.New(rsin), Guid.NewGuid(), Cancellation));
    }

    [Fact]
    public async Task An_entry_is_found_by_its_uuid()
    {
        var klant = await GivenAsync(Klant(rsin));
        var expected = Assert.Single(await TrailAsync(klant.Id));
        var entry = await Store.ReadAuditEntryAsync(klant.Id, expected.Uuid, Cancellation);
        AssertSame(expected, entry!);
    }

    [Fact]
    public async Task An_entry_is_not_found_under_another_klant()
    {
        var klant = await GivenAsync(Klant(rsin, "1"));
        var other = await GivenAsync(Klant(rsin, "2"));
        var entry = Assert.Single(await TrailAsync(other.Id));
        Assert.Null(await Store.ReadAuditEntryAsync(klant.Id, entry.Uuid, Cancellation));
        Assert.Null(await Store.ReadAuditEntryAsync(klant.Id, Guid.NewGuid(), Cancellation));
    }

    [Fact]
    public async Task The_uuid_of_an_entry_does_not_find_a_klant()
    {
        var klant = await GivenAsync(Klant(rsin));
        var entry = Assert.Single(await TrailAsync(klant.Id));
        Assert.Null(await Store.ReadAsync(new(entry.Uuid), Cancellation));
    }

    [Fact]
    public async Task A_trail_of_a_klant_with_a_uuid_made_elsewhere_is_found()
    {
        var klant = await GivenAsync(Klant(rsin), new KlantId(new("f47ac10b-58cc-1372-8567-0e02b2c3d479")));
        var entry = Assert.Single(await TrailAsync(klant.Id));
        Assert.NotNull(await Store.ReadAuditEntryAsync(klant.Id, entry.Uuid, Cancellation));
    }

    [Fact]
    public async Task A_long_trail_is_read_whole_and_deleted_whole()
    {
        var klant = await GivenAsync(Klant(rsin));
        for (var i = 0; i < 120; i++) klant = await ChangedAsync(klant, k => k with { Functie = $"{i}" });
        var trail = await TrailAsync(klant.Id);
        Assert.Equal(121, trail.Count);
        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"{i}"), trail.Skip(1).Select(r => KlantJson.Read(r.Nieuw).Functie));

        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(Deletion(klant), Cancellation));
        Assert.Null(await Store.ReadAsync(klant.Id, Cancellation));
        Assert.Null(await Store.ReadAuditTrailAsync(klant.Id, Cancellation));
        Assert.Null(await Store.ReadAuditEntryAsync(klant.Id, trail[^1].Uuid, Cancellation));
        Assert.Equal(0, (await ListAsync()).Count);
    }

    private static void AssertSame(AuditEntry expected, AuditEntry actual)
    {
        Assert.Equal(expected with { Oud = default, Nieuw = default }, actual with { Oud = default, Nieuw = default });
        Assert.Equal(expected.Oud.IsEmpty, actual.Oud.IsEmpty);
        if (!expected.Oud.IsEmpty) AssertSame(expected.Oud, actual.Oud);
        AssertSame(expected.Nieuw, actual.Nieuw);
    }
}

public sealed class SqliteTrailTests() : StoreContractTrails(Sqlite);

public sealed class CosmosTrailTests(CosmosAccount account) : StoreContractTrails(() => Cosmos(account));
