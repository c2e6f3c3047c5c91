using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Tests.Storage.Cosmos;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage;

/// <summary>Many klanten at once: each as whole, as counted and as findable as one that came alone.</summary>
public abstract class StoreContractBulkLoad(Func<Task<StoreHost>> open) : StoreContract(open)
{
    private readonly string rsin = Rsin();

    [Fact]
    public async Task Klanten_of_a_lot_are_there_with_their_trail()
    {
        var commits = Enumerable.Range(0, 5).Select(i => Creation(Klant(rsin, $"A-{i}"))).ToArray();
        Assert.All(await FillAsync(commits), result => Assert.Equal(CommitResult.Committed, result));
        foreach (var commit in commits)
        {
            AssertSame(commit.AfterJson, (await ReadAsync(commit.Id)).Json);
            Assert.Single((await Store.ReadAuditTrailAsync(commit.Id, Cancellation))!);
        }
    }

    [Fact]
    public async Task A_refused_klant_leaves_the_others_of_its_lot()
    {
        Assert.Equal([CommitResult.Committed], await FillAsync(Creation(Klant(rsin, "A-1"))));
        var results = await FillAsync(Creation(Klant(rsin, "A-0")), Creation(Klant(rsin, "A-1")), Creation(Klant(rsin, "A-2")));
        Assert.Equal([CommitResult.Committed, CommitResult.KlantnummerTaken, CommitResult.Committed], results);
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task Klanten_are_counted_and_found_after_filling()
    {
        await FillAsync(Creation(Klant(rsin, "A-1")), Creation(Klant(Rsin(), "A-1")), Creation(Klant(rsin, "A-2")));
        Assert.Equal(3, await CountAsync());
        Assert.Equal(2, await CountAsync((FilterFields.Bronorganisatie, rsin)));
        Assert.Equal(2, await CountAsync((FilterFields.Klantnummer, "A-1")));
        Assert.Equal(1, await CountAsync((FilterFields.Klantnummer, "A-1"), (FilterFields.Bronorganisatie, rsin)));
    }

    [Fact]
    public async Task Numbers_given_out_before_filling_go_on_after_it()
    {
        var number = await Store.NextNumberAsync(rsin, 3, Cancellation);
        await FillAsync(Creation(Klant(rsin, $"{number}")));
        Assert.Equal(number + 1, await Store.NextNumberAsync(rsin, 1, Cancellation));
    }

    private async Task<IReadOnlyList<CommitResult>> FillAsync(params KlantCommit[] commits)
    {
        await using var bulkLoad = await Store.BeginBulkLoadAsync(Cancellation);
        return await bulkLoad.CommitAsync(commits, Cancellation);
    }

    private async Task<long> CountAsync(params (FilterField, string)[] filter) =>
        (await Store.ListAsync(new(filter), PageRequest.First, Cancellation))!.Count;
}

public sealed class SqliteFillingTests() : StoreContractBulkLoad(Sqlite);

public sealed class CosmosFillingTests(CosmosAccount account) : StoreContractBulkLoad(() => Cosmos(account));
