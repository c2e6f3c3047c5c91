using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Tests.Storage.Cosmos;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage;

/// <summary>Lists are oldest first, filtered by exact values, in pages of 100, with the exact count.</summary>
public abstract class StoreContractLists(Func<Task<StoreHost>> open) : StoreContract(open)
{
    private readonly string rsin = Rsin();

    /// <summary>Every filter but bronorganisatie, which has tests of its own.</summary>
    public static TheoryData<string> Filters =>
        [.. FilterFields.All.Where(f => f != FilterFields.Bronorganisatie).Select(f => f.Parameter)];

    [Fact]
    public async Task An_empty_store_has_one_empty_page()
    {
        var page = await ListAsync();
        Assert.Equal(0, page.Count);
        Assert.Equal(1, page.Number);
        Assert.Empty(page.Klanten.Items);
        Assert.Null(await Store.ListAsync(KlantFilter.None, new(2), Cancellation));
    }

    [Fact]
    public async Task The_counts_are_of_all_klanten_and_of_the_bronorganisaties_that_have_any()
    {
        var counts = (IKlantCounts)Store;
        Assert.Equal(new KlantCounts(0, 0), await counts.ReadCountsAsync(Cancellation));
        await GivenAsync(Klant(rsin, "1"));
        await GivenAsync(Klant(rsin, "2"));
        var alone = await GivenAsync(Klant(Rsin()));
        Assert.Equal(new KlantCounts(3, 2), await counts.ReadCountsAsync(Cancellation));
        await Store.CommitAsync(Deletion(alone), Cancellation);
        Assert.Equal(new KlantCounts(2, 1), await counts.ReadCountsAsync(Cancellation));
    }

    [Fact]
    public async Task Klanten_are_listed_oldest_first()
    {
        var ids = new List<KlantId>();
        for (var i = 0; i < 6; i++)
        {
            var klant = await GivenAsync(Klant(i % 2 == 0 ? rsin : Rsin(), $"{i}"));
            ids.Add(klant.Id);
        }
        Assert.Equal(ids, (await ListAsync()).Klanten.Items.Select(k => k.Id));
    }

    [Fact]
    public async Task A_changed_klant_keeps_its_place_in_the_lists()
    {
        var first = await GivenAsync(Klant(rsin, "1"));
        var second = await GivenAsync(Klant(rsin, "2"));
        await ChangedAsync(first, k => k with { Achternaam = "Later" });
        Assert.Equal([first.Id, second.Id], (await ListAsync()).Klanten.Items.Select(k => k.Id));
    }

    [Fact]
    public async Task A_listed_klant_equals_the_klant_that_is_read()
    {
        var klant = await GivenAsync(Klant(rsin));
        var listed = Assert.Single((await ListAsync()).Klanten.Items);
        Assert.Equal(klant.Id, listed.Id);
        Assert.Equal(klant.Version, listed.Version);
        AssertSame(klant.Json, listed.Json);
    }

    [Fact]
    public async Task A_filter_on_bronorganisatie_finds_its_klanten_only()
    {
        var klant = await GivenAsync(Klant(rsin));
        await GivenAsync(Klant(Rsin()));
        var page = await ListAsync((FilterFields.Bronorganisatie, rsin));
        Assert.Equal(1, page.Count);
        Assert.Equal(klant.Id, Assert.Single(page.Klanten.Items).Id);
        Assert.Equal(0, (await ListAsync((FilterFields.Bronorganisatie, Rsin()))).Count);
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_finds_equal_values(string parameter)
    {
        var field = FilterFields.All.Single(f => f.Parameter == parameter);
        var (klant, value) = With(field);
        var expected = await GivenAsync(klant);
        await GivenAsync(new Klant
        {
            Bronorganisatie = rsin,
            Klantnummer = "ANDERS",
            WebsiteUrl = "https://x.example",
            Subject = "https://x.example",
        });
        var page = await ListAsync((field, value));
        Assert.Equal(1, page.Count);
        Assert.Equal(expected.Id, Assert.Single(page.Klanten.Items).Id);
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_does_not_find_similar_values(string parameter)
    {
        var field = FilterFields.All.Single(f => f.Parameter == parameter);
        var (klant, value) = With(field);
        await GivenAsync(klant);
        Assert.Equal(0, (await ListAsync((field, value[..^1]))).Count);
        Assert.Equal(0, (await ListAsync((field, value + "0"))).Count);
        if (SwapCase(value) != value) Assert.Equal(0, (await ListAsync((field, SwapCase(value)))).Count);
    }

    [Theory]
    [InlineData("' OR 1=1 --")]
    [InlineData("\" OR true OR \"")]
    [InlineData("@p0")]
    [InlineData("%")]
    [InlineData("O'Brien \\ \"x\"")]
    [InlineData("😀 Ω é")]
    [InlineData("Œuvre\t|")]
    public async Task A_filter_value_is_never_part_of_the_query(string value)
    {
        var klant = await GivenAsync(Klant(rsin, "1") with { Achternaam = value });
        await GivenAsync(Klant(rsin, "2"));
        var page = await ListAsync((FilterFields.Achternaam, value));
        Assert.Equal(klant.Id, Assert.Single(page.Klanten.Items).Id);
    }

    [Fact]
    public async Task Filters_are_combined_with_and()
    {
        await GivenAsync(Klant(rsin, "1") with { Achternaam = "Jansen" });
        var both = await GivenAsync(Klant(rsin, "2") with { Achternaam = "Jansen", Functie = "Kok" });
        await GivenAsync(Klant(rsin, "3") with { Functie = "Kok" });
        await GivenAsync(Klant(Rsin(), "2") with { Achternaam = "Jansen", Functie = "Kok" });
        var page = await ListAsync(
            (FilterFields.Bronorganisatie, rsin), (FilterFields.Functie, "Kok"), (FilterFields.Achternaam, "Jansen"));
        Assert.Equal(both.Id, Assert.Single(page.Klanten.Items).Id);
    }

    [Fact]
    public async Task A_filter_finds_the_present_value_of_a_changed_klant()
    {
        var klant = await GivenAsync(Klant(rsin) with { Achternaam = "Oud" });
        await ChangedAsync(klant, k => k with { Achternaam = "Nieuw" });
        Assert.Equal(0, (await ListAsync((FilterFields.Achternaam, "Oud"))).Count);
        Assert.Equal(1, (await ListAsync((FilterFields.Achternaam, "Nieuw"))).Count);
    }

    [Fact]
    public async Task Counts_change_with_creations_and_deletions()
    {
        var other = Rsin();
        var klant = await GivenAsync(Klant(rsin, "1"));
        await GivenAsync(Klant(rsin, "2"));
        await GivenAsync(Klant(other, "1"));
        await Store.CommitAsync(Deletion(klant), Cancellation);
        Assert.Equal(2, (await ListAsync()).Count);
        Assert.Equal(1, (await ListAsync((FilterFields.Bronorganisatie, rsin))).Count);
        Assert.Equal(1, (await ListAsync((FilterFields.Bronorganisatie, other))).Count);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(200)]
    public async Task Pages_have_a_hundred_klanten_and_the_count_of_the_whole_list(int klanten)
    {
        var other = Rsin();
        var ids = new List<KlantId>();
        foreach (var i in Enumerable.Range(0, klanten))
        {
            var commit = Creation(Klant(i % 4 == 0 ? other : rsin, $"{i}") with { Achternaam = "Jansen" });
            await Store.CommitAsync(commit, Cancellation);
            ids.Add(commit.Id);
        }
        await AssertPagesAsync(KlantFilter.None, ids);
        await AssertPagesAsync(new([(FilterFields.Achternaam, "Jansen")]), ids);
        List<KlantId> own = [.. ids.Where((_, i) => i % 4 != 0)];
        await AssertPagesAsync(new([(FilterFields.Bronorganisatie, rsin)]), own);
        await AssertPagesAsync(new([(FilterFields.Bronorganisatie, rsin), (FilterFields.Achternaam, "Jansen")]), own);
        await AssertPagesAsync(new([(FilterFields.Achternaam, "Pietersen")]), []);
    }

    private async Task AssertPagesAsync(KlantFilter filter, List<KlantId> expected)
    {
        var pages = Math.Max(1, (expected.Count + 99) / 100);
        for (var number = 1; number <= pages; number++)
        {
            var page = await Store.ListAsync(filter, new(number), Cancellation);
            Assert.NotNull(page);
            Assert.Equal(number, page.Number);
            Assert.Equal(expected.Count, page.Count);
            Assert.Equal(expected.Skip((number - 1) * 100).Take(100), page.Klanten.Items.Select(k => k.Id));
        }
        var last = await Store.ListAsync(filter, new(null), Cancellation);
        Assert.Equal(pages, last?.Number);
        Assert.Equal(expected.Count, last?.Count);
        Assert.Equal(expected.Skip((pages - 1) * 100), last!.Klanten.Items.Select(k => k.Id));
        Assert.Null(await Store.ListAsync(filter, new(pages + 1), Cancellation));
        Assert.Null(await Store.ListAsync(filter, new(int.MaxValue), Cancellation));
    }

    /// <summary>A klant that has a value for the field, and the value.</summary>
    private (Klant Klant, string Value) With(FilterField field)
    {
        var klant = SubjectType.All.Select(type => Klant(rsin, "abc-1", type)).First(k => field.Read(k) is { Length: > 0 });
        return (klant, field.Read(klant)!);
    }

    private static string SwapCase(string text) =>
        string.Concat(text.Select(c => char.IsLower(c) ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)));
}

public sealed class SqliteListTests() : StoreContractLists(Sqlite);

public sealed class CosmosListTests(CosmosAccount account) : StoreContractLists(() => Cosmos(account));
