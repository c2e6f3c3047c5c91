using System.Globalization;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Tests.Storage.Cosmos;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage;

/// <summary>The numbers for generated klantnummers: none is given out twice, and a gap between those in use is found.</summary>
public abstract class StoreContractNumbers(Func<Task<StoreHost>> open) : StoreContract(open)
{
    private readonly string rsin = Rsin();

    [Fact]
    public async Task Numbers_count_from_one_in_each_bronorganisatie()
    {
        Assert.Equal(1, await TakeAsync());
        Assert.Equal(2, await TakeAsync());
        Assert.Equal(1, await Store.TakeNumbersAsync(Rsin(), 1, 1, Cancellation));
    }

    [Fact]
    public async Task Several_numbers_are_successive()
    {
        var first = await Store.TakeNumbersAsync(rsin, 64, 1, Cancellation);
        Assert.InRange(await TakeAsync(), first + 64, long.MaxValue);
    }

    [Fact]
    public async Task A_number_is_given_out_once()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 120).Select(i => TakeAsync(count: 1 + (i % 3), from: 1 + (i % 7 * 10))));
        var taken = numbers.SelectMany((first, i) => Enumerable.Range(0, 1 + (i % 3)).Select(n => first + n)).ToList();
        Assert.Equal(taken.Count, taken.Distinct().Count());
    }

    [Fact]
    public async Task A_deletion_does_not_lower_the_counter()
    {
        var number = await TakeAsync();
        await Store.CommitAsync(Deletion(await GivenAsync(Klant(rsin))), Cancellation);
        Assert.InRange(await TakeAsync(), number + 1, long.MaxValue);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1_000_000)]
    public async Task The_counter_goes_on_from_the_number_that_the_caller_gives(long from)
    {
        await TakeAsync();
        Assert.Equal(from, await TakeAsync(from: from));
        Assert.Equal(from + 1, await TakeAsync());
        Assert.Equal(from + 2, await TakeAsync(from: 2));
    }

    [Theory]
    [InlineData("", "10000000")]
    [InlineData("10000000", "10000001")]
    [InlineData("10000000 10000001 10000003", "10000002")]
    [InlineData("10000001", "10000000")]
    [InlineData("10000000 10000001 1000000A 1000001 10000002 1000000", "10000003")]
    [InlineData("00000001 0 9999999 10000000", "10000001")]
    [InlineData("10000000 \uFF11\uFF10\uFF10\uFF10\uFF10\uFF10\uFF10\uFF11 -1000001 1000000\u0661", "10000001")]
    [InlineData("99999999", "10000000")]
    public async Task The_first_klantnummer_that_no_klant_has_is_found(string used, string free)
    {
        foreach (var klantnummer in used.Split(' ', StringSplitOptions.RemoveEmptyEntries)) await GivenAsync(Klant(rsin, klantnummer));
        await GivenAsync(Klant(Rsin(), free));
        Assert.Equal(free, GeneratedKlantnummer.Format(await Store.FindFreeNumberAsync(rsin, 1, Cancellation)));
    }

    [Fact]
    public async Task The_search_starts_at_the_given_number_and_passes_a_run_of_used_ones()
    {
        const int Run = 250;
        await using (var bulkLoad = await Store.BeginBulkLoadAsync(Cancellation))
        {
            var klanten = Enumerable.Range(0, Run).Select(i => Creation(Klant(rsin, $"{20_000_000 + i}"))).ToList();
            Assert.All(await bulkLoad.CommitAsync(klanten, Cancellation), result => Assert.Equal(CommitResult.Committed, result));
        }
        var start = NumberOf("20000000");
        Assert.Equal(start + Run, await Store.FindFreeNumberAsync(rsin, start + 1, Cancellation));
        Assert.Equal(start - 1, await Store.FindFreeNumberAsync(rsin, start - 1, Cancellation));
    }

    [Fact]
    public async Task No_number_is_free_after_the_last()
    {
        await GivenAsync(Klant(rsin, "99999998"));
        await GivenAsync(Klant(rsin, "99999999"));
        foreach (var from in new[] { GeneratedKlantnummer.Count - 1, GeneratedKlantnummer.Count, GeneratedKlantnummer.Count + 1 })
            Assert.Equal(GeneratedKlantnummer.Count + 1, await Store.FindFreeNumberAsync(rsin, from, Cancellation));
    }

    private static long NumberOf(string klantnummer) => long.Parse(klantnummer, CultureInfo.InvariantCulture) - 9_999_999;

    private Task<long> TakeAsync(long count = 1, long from = 1) => Store.TakeNumbersAsync(rsin, count, from, Cancellation).AsTask();
}

public sealed class SqliteNumberTests() : StoreContractNumbers(Sqlite);

public sealed class CosmosNumberTests(CosmosAccount account) : StoreContractNumbers(() => Cosmos(account));
