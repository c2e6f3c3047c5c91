using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>Lists that are asked again while nothing changes are kept, within bounds, and are never older than an answer.</summary>
public sealed class HotListsTests : IDisposable
{
    private readonly HeldWriter writer = new();
    private readonly string rsin = StoreData.Rsin();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => writer.Dispose();

    [Fact]
    public async Task A_list_that_is_asked_a_third_time_does_not_read_the_file()
    {
        await GivenAsync("1");
        await ListAsync();
        await ListAsync();
        Assert.Same(await ListAsync(), await ListAsync());
    }

    [Fact]
    public async Task A_list_that_is_asked_once_is_not_kept()
    {
        await GivenAsync("1");
        var first = await ListAsync();
        Assert.NotSame(first, await ListAsync());
    }

    [Fact]
    public async Task A_list_that_is_kept_is_as_it_was_when_the_arrays_of_its_first_answer_are_used_again()
    {
        for (var i = 0; i < PageRequest.Size; i++) await GivenAsync($"{i}");
        var texts = await TextsAsync();
        for (var i = 0; i < 5; i++) Assert.Equal(texts, await TextsAsync());
    }

    [Fact]
    public async Task A_created_klant_is_in_a_list_that_was_kept()
    {
        await GivenAsync("1");
        await KeepAsync();
        await GivenAsync("2");
        Assert.Equal(2, (await ListAsync()).Count);
    }

    [Fact]
    public async Task A_changed_klant_is_changed_in_a_list_that_was_kept()
    {
        var klant = await GivenAsync("1");
        await KeepAsync();
        await writer.Store.CommitAsync(StoreData.Change(klant, k => k with { Voornaam = "Nieuw" }, DateTimeOffset.UnixEpoch), Cancellation);
        Assert.Equal("Nieuw", KlantJson.Read(Assert.Single((await ListAsync()).Klanten.Items).Json).Voornaam);
    }

    [Fact]
    public async Task A_removed_klant_is_in_memory_no_more()
    {
        var klant = await GivenAsync("1");
        await KeepAsync();
        var key = HotLists.Key(KlantFilter.None, PageRequest.First);
        Assert.NotNull(writer.Database.Hot.FindList(key));
        await writer.Store.CommitAsync(StoreData.Deletion(klant, DateTimeOffset.UnixEpoch), Cancellation);
        Assert.Null(writer.Database.Hot.FindList(key));
        Assert.Empty((await ListAsync()).Klanten.Items);
    }

    [Fact]
    public async Task A_klant_that_another_program_removes_leaves_the_lists()
    {
        await GivenAsync("1");
        await KeepAsync();
        using (var other = writer.OpenSession()) other.Execute("DELETE FROM klant");
        await Eventually.TrueAsync(async () => (await ListAsync()).Klanten.Items.Count == 0, "the list is empty");
    }

    /// <summary>Each reader compares with what any reader saw, and any writer was answered, before it began to read.</summary>
    [Fact]
    public async Task Readers_beside_a_writer_never_see_a_list_that_is_older_than_one_that_was_seen()
    {
        var seen = 0L;
        var done = false;
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref done))
            {
                var least = Interlocked.Read(ref seen);
                var count = (await ListAsync()).Count;
                Assert.True(count >= least, $"A reader saw {count} klanten after {least} were seen.");
                Raise(ref seen, count);
            }
        })).ToList();
        try
        {
            for (var created = 1; created <= 300; created++)
            {
                await GivenAsync($"{created}");
                Raise(ref seen, created);
            }
        }
        finally
        {
            Volatile.Write(ref done, true);
        }
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task Lists_by_other_filters_and_pages_are_kept_apart()
    {
        var other = StoreData.Rsin();
        await GivenAsync("1");
        await GivenAsync("2", other);
        for (var round = 0; round < 4; round++)
        {
            Assert.Equal(2, (await ListAsync()).Count);
            Assert.Equal("1", await KlantnummerAsync(Filter((FilterFields.Bronorganisatie, rsin))));
            Assert.Equal("2", await KlantnummerAsync(Filter((FilterFields.Bronorganisatie, other))));
            Assert.Equal("1", await KlantnummerAsync(Filter((FilterFields.Klantnummer, "1"))));
            Assert.Equal("2", await KlantnummerAsync(Filter((FilterFields.Klantnummer, "2"))));
            Assert.Null(await writer.Store.ListAsync(KlantFilter.None, new(2), Cancellation));
            Assert.Equal(1, (await writer.Store.ListAsync(KlantFilter.None, new(null), Cancellation))!.Number);
        }
    }

    [Fact]
    public async Task A_list_of_several_chunks_is_not_kept()
    {
        var large = StoreData.Klant(rsin, "1", SubjectType.Vestiging) with
        {
            SubjectIdentificatie = new Vestiging { Handelsnaam = [new string('n', Chunk.MaxBytes)] },
        };
        await CreateAsync(large);
        await CreateAsync(large with { Klantnummer = "2" });
        for (var i = 0; i < 4; i++) Assert.NotNull((await ListAsync()).Klanten.NextAsync);
    }

    [Fact]
    public void A_list_that_was_read_before_a_change_is_not_kept_after_it()
    {
        var hot = new HotKlanten(100_000);
        var before = hot.Moment;
        hot.BeginChange([]);
        hot.EndChange();
        for (var i = 0; i < 3; i++) hot.AddList("1", Page(), before);
        Assert.Null(hot.FindList("1"));
    }

    [Fact]
    public void A_list_that_is_read_while_a_change_is_made_is_not_kept()
    {
        var hot = new HotKlanten(100_000);
        hot.BeginChange([]);
        for (var i = 0; i < 3; i++) hot.AddList("1", Page(), hot.Moment);
        Assert.Null(hot.FindList("1"));
        hot.EndChange();
        Assert.Null(hot.FindList("1"));
    }

    [Fact]
    public void The_lists_that_are_kept_take_no_more_room_than_is_allowed()
    {
        var hot = new HotKlanten(400_000);
        string[] keys = [.. Enumerable.Range(0, 1000).Select(i => $"{i}")];
        foreach (var key in keys)
        {
            hot.AddList(key, Page(), hot.Moment);
            hot.AddList(key, Page(), hot.Moment);
        }
        Assert.InRange(keys.Count(key => hot.FindList(key) is not null), 1, 100);
    }

    [Fact]
    public void A_list_that_several_requests_read_at_once_takes_its_room_once()
    {
        var hot = new HotKlanten(400_000);
        hot.AddList("1", Page(), hot.Moment);
        for (var i = 0; i < 200; i++)
        {
            hot.AddList("1", Page(), hot.Moment);
            Assert.NotNull(hot.FindList("1"));
        }
    }

    [Fact]
    public void A_list_that_is_asked_again_after_so_many_others_that_it_would_have_gone_is_not_kept()
    {
        var hot = new HotKlanten(400_000);
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 200; i++) hot.AddList($"{i}", Page(), hot.Moment);
        }
        Assert.All(Enumerable.Range(0, 200), i => Assert.Null(hot.FindList($"{i}")));
    }

    [Fact]
    public void A_list_that_is_asked_again_among_a_few_others_is_kept()
    {
        var hot = new HotKlanten(400_000);
        for (var i = 0; i < 200; i++)
        {
            hot.AddList("again", Page(), hot.Moment);
            hot.AddList($"{i}", Page(), hot.Moment);
        }
        Assert.NotNull(hot.FindList("again"));
    }

    private static void Raise(ref long value, long atLeast)
    {
        for (var before = Interlocked.Read(ref value); before < atLeast;)
        {
            before = Interlocked.CompareExchange(ref value, atLeast, before);
        }
    }

    private static KlantFilter Filter(params IReadOnlyList<(FilterField Field, string Value)> criteria) => new(criteria);

    private static KlantPage Page() =>
        new(1, 1, new([new(KlantId.New("517439943"), new byte[1024], SqliteVersion.Create(1))]));

    private async Task KeepAsync()
    {
        for (var i = 0; i < 3; i++) await ListAsync();
    }

    private async Task<KlantPage> ListAsync() => (await writer.Store.ListAsync(KlantFilter.None, PageRequest.First, Cancellation))!;

    /// <summary>Reads a page as an answer does, which returns the arrays to the pool.</summary>
    private async Task<string[]> TextsAsync()
    {
        var chunk = (await ListAsync()).Klanten;
        using var bytes = chunk.Bytes;
        return [.. chunk.Items.Select(klant => Convert.ToHexString(klant.Json.Span))];
    }

    private async Task<string> KlantnummerAsync(KlantFilter filter)
    {
        var page = (await writer.Store.ListAsync(filter, PageRequest.First, Cancellation))!;
        return KlantJson.Read(Assert.Single(page.Klanten.Items).Json).Klantnummer;
    }

    private Task<StoredKlant> GivenAsync(string klantnummer, string? bronorganisatie = null) =>
        CreateAsync(StoreData.Klant(bronorganisatie ?? rsin, klantnummer));

    private async Task<StoredKlant> CreateAsync(Klant klant)
    {
        var id = KlantId.New(klant.Bronorganisatie);
        await writer.Store.CommitAsync(StoreData.Creation(klant, id, DateTimeOffset.UnixEpoch), Cancellation);
        return (await writer.Store.ReadAsync(id, Cancellation))!;
    }
}
