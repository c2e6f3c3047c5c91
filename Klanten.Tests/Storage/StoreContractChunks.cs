using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Tests.Storage.Cosmos;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage;

/// <summary>What is too large for one chunk comes in several, and stays right when klanten change in between.</summary>
public abstract class StoreContractChunks(Func<Task<StoreHost>> open) : StoreContract(open)
{
    /// <summary>Of a klant of <see cref="Large"/>, in bytes: four of them fill more than a chunk, three do not.</summary>
    private const int LargeBytes = 75_000;

    private readonly string rsin = Rsin();

    public static TheoryData<string> Filters => [.. Filtered.Keys];

    private static readonly Dictionary<string, Func<string, KlantFilter>> Filtered = new()
    {
        ["all klanten"] = _ => KlantFilter.None,
        ["a bronorganisatie"] = rsin => new([(FilterFields.Bronorganisatie, rsin)]),
        ["a key"] = _ => new([(FilterFields.Achternaam, "Groot")]),
        ["no index"] = _ => new([(FilterFields.Functie, "Bakker")]),
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_page_of_large_klanten_comes_whole_in_chunks_of_limited_size(string filter)
    {
        var ids = await GivenLargeAsync(10);
        var page = await PageAsync(filter);
        Assert.Equal(10, page.Count);
        var chunks = await page.Klanten.ReadChunksAsync();
        Assert.True(chunks.Count >= 3, $"There are {chunks.Count} chunks.");
        Assert.All(chunks, chunk => Assert.InRange(chunk.Items.Sum(k => k.Json.Length), 0, Chunk.MaxBytes + LargeBytes));
        Assert.Equal(ids, chunks.SelectMany(chunk => chunk.Items).Select(k => k.Id));
    }

    [Fact]
    public async Task A_later_chunk_has_the_klanten_as_a_read_gives_them()
    {
        var ids = await GivenLargeAsync(5);
        var listed = await (await PageAsync("all klanten")).Klanten.ReadAllAsync();
        foreach (var (id, klant) in ids.Zip(listed))
        {
            var read = await ReadAsync(id);
            AssertSame(read.Json, klant.Json);
            Assert.Equal(read.Version, klant.Version);
        }
    }

    [Fact]
    public async Task A_page_of_usual_klanten_is_one_chunk()
    {
        for (var i = 1; i <= PageRequest.Size; i++) await GivenAsync(Klant(rsin, $"{i}"));
        Assert.Null((await PageAsync("all klanten")).Klanten.NextAsync);
    }

    [Fact]
    public async Task A_page_of_large_klanten_ends_where_the_next_page_begins()
    {
        var ids = await GivenLargeAsync(PageRequest.Size + 3);
        var first = await Store.ListAsync(KlantFilter.None, PageRequest.First, Cancellation);
        var second = await Store.ListAsync(KlantFilter.None, new(2), Cancellation);
        var listed = (await first!.Klanten.ReadAllAsync()).Concat(await second!.Klanten.ReadAllAsync());
        Assert.Equal(ids, listed.Select(k => k.Id));
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_klant_that_is_removed_in_between_is_left_out(string filter)
    {
        var ids = await GivenLargeAsync(8);
        var page = await PageAsync(filter);
        await Store.CommitAsync(Deletion(await ReadAsync(ids[6])), Cancellation);
        Assert.Equal([.. ids[..6], ids[7]], (await page.Klanten.ReadAllAsync()).Select(k => k.Id));
    }

    [Fact]
    public async Task When_all_that_follows_is_removed_the_last_chunk_is_empty()
    {
        var ids = await GivenLargeAsync(5);
        var page = await PageAsync("all klanten");
        foreach (var id in ids) await Store.CommitAsync(Deletion(await ReadAsync(id)), Cancellation);
        var chunks = await page.Klanten.ReadChunksAsync();
        Assert.Empty(chunks[^1].Items);
    }

    [Fact]
    public async Task A_klant_that_is_changed_in_between_is_as_it_has_become()
    {
        var ids = await GivenLargeAsync(8);
        var page = await PageAsync("a key");
        var changed = await ChangedAsync(await ReadAsync(ids[6]), k => k with { Voornaam = "Nieuw" });
        AssertSame(changed.Json, (await page.Klanten.ReadAllAsync())[6].Json);
    }

    [Theory]
    [InlineData("all klanten")]
    [InlineData("a key")]
    public async Task A_klant_that_moves_in_between_is_on_the_page_once(string filter)
    {
        var ids = await GivenLargeAsync(8);
        var page = await PageAsync(filter);
        var moved = await ChangedAsync(await ReadAsync(ids[6]), k => k with { Bronorganisatie = Rsin() });
        var listed = await page.Klanten.ReadAllAsync();
        Assert.Equal(ids, listed.Select(k => k.Id));
        AssertSame(moved.Json, listed[6].Json);
    }

    [Fact]
    public async Task A_klant_that_leaves_the_bronorganisatie_in_between_is_left_out()
    {
        var ids = await GivenLargeAsync(8);
        var page = await PageAsync("a bronorganisatie");
        await ChangedAsync(await ReadAsync(ids[6]), k => k with { Bronorganisatie = Rsin() });
        Assert.Equal([.. ids[..6], ids[7]], (await page.Klanten.ReadAllAsync()).Select(k => k.Id));
    }

    [Fact]
    public async Task A_klant_that_no_longer_matches_the_filter_is_left_out()
    {
        var ids = await GivenLargeAsync(8);
        var page = await PageAsync("a key");
        await ChangedAsync(await ReadAsync(ids[6]), k => k with { Achternaam = "Anders" });
        Assert.Equal([.. ids[..6], ids[7]], (await page.Klanten.ReadAllAsync()).Select(k => k.Id));
    }

    [Fact]
    public async Task A_klant_that_is_added_in_between_is_not_on_the_page()
    {
        var ids = await GivenLargeAsync(8);
        var page = await PageAsync("all klanten");
        await Store.CommitAsync(Deletion(await ReadAsync(ids[7])), Cancellation);
        await GivenAsync(Large("99"));
        Assert.Equal(ids[..7], (await page.Klanten.ReadAllAsync()).Select(k => k.Id));
    }

    [Fact]
    public async Task A_trail_of_large_entries_comes_whole_in_chunks_of_limited_size()
    {
        var klant = await GivenAsync(Large("1"));
        for (var i = 0; i < 12; i++) klant = await ChangedAsync(klant, k => k with { Voornaam = $"{i}" });
        var chunks = await (await Store.ReadAuditTrailAsync(klant.Id, Cancellation))!.ReadChunksAsync();
        Assert.True(chunks.Count >= 5, $"There are {chunks.Count} chunks.");
        Assert.All(
            chunks,
            chunk => Assert.InRange(chunk.Items.Sum(e => e.Oud.Length + e.Nieuw.Length), 1, Chunk.MaxBytes + 2 * LargeBytes));
        var entries = chunks.SelectMany(chunk => chunk.Items).ToList();
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i}"), entries.Skip(1).Select(e => KlantJson.Read(e.Nieuw).Voornaam));
        foreach (var (entry, following) in entries.Zip(entries.Skip(1))) AssertSame(entry.Nieuw, following.Oud);
    }

    [Fact]
    public async Task A_trail_ends_where_it_ended_when_it_was_asked_for()
    {
        var klant = await GivenAsync(Large("1"));
        for (var i = 0; i < 6; i++) klant = await ChangedAsync(klant, k => k with { Voornaam = $"{i}" });
        var trail = (await Store.ReadAuditTrailAsync(klant.Id, Cancellation))!;
        await ChangedAsync(klant, k => k with { Voornaam = "later" });
        var entries = await trail.ReadAllAsync();
        Assert.Equal(7, entries.Count);
        AssertSame(klant.Json, entries[^1].Nieuw);
    }

    [Fact]
    public async Task A_trail_is_whole_when_the_klant_moves_in_between()
    {
        var klant = await GivenAsync(Large("1"));
        for (var i = 0; i < 6; i++) klant = await ChangedAsync(klant, k => k with { Voornaam = $"{i}" });
        var trail = (await Store.ReadAuditTrailAsync(klant.Id, Cancellation))!;
        await ChangedAsync(klant, k => k with { Bronorganisatie = Rsin() });
        var entries = await trail.ReadAllAsync();
        Assert.Equal(["0", "1", "2", "3", "4", "5"], entries.Skip(1).Select(e => KlantJson.Read(e.Nieuw).Voornaam));
    }

    [Fact]
    public async Task A_trail_that_is_removed_in_between_does_not_end_as_if_it_were_whole()
    {
        var klant = await GivenAsync(Large("1"));
        for (var i = 0; i < 6; i++) klant = await ChangedAsync(klant, k => k with { Voornaam = $"{i}" });
        var trail = (await Store.ReadAuditTrailAsync(klant.Id, Cancellation))!;
        await Store.CommitAsync(Deletion(klant), Cancellation);
        await Assert.ThrowsAsync<KlantRemovedException>(() => trail.ReadAllAsync());
    }

    private async Task<KlantPage> PageAsync(string filter) =>
        (await Store.ListAsync(Filtered[filter](rsin), PageRequest.First, Cancellation))!;

    private async Task<KlantId[]> GivenLargeAsync(int count)
    {
        var ids = new List<KlantId>();
        for (var i = 1; i <= count; i++) ids.Add((await GivenAsync(Large($"{i}"))).Id);
        return [.. ids];
    }

    private Klant Large(string klantnummer) => Klant(rsin, klantnummer, SubjectType.Vestiging) with
    {
        Achternaam = "Groot",
        SubjectIdentificatie = new Vestiging { Handelsnaam = [.. Enumerable.Repeat(new string('n', 720), 100)] },
    };
}

public sealed class SqliteChunkTests() : StoreContractChunks(Sqlite);

public sealed class CosmosChunkTests(CosmosAccount account) : StoreContractChunks(() => Cosmos(account));
