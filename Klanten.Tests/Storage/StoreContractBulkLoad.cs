using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Tests.Storage.Cosmos;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage;

/// <summary>A bulk load: its klanten are stored, counted and found as those of single commits are.</summary>
public abstract class StoreContractBulkLoad(Func<Task<StoreHost>> open) : StoreContract(open)
{
    private readonly string rsin = Rsin();

    [Fact]
    public async Task Klanten_of_a_bulk_load_are_read_with_their_audit_trail()
    {
        var commits = Enumerable.Range(0, 5).Select(i => Creation(Klant(rsin, $"A-{i}"))).ToArray();
        Assert.All(await LoadAsync(commits), result => Assert.Equal(CommitResult.Committed, result));
        foreach (var commit in commits)
        {
            AssertSame(commit.AfterJson, (await ReadAsync(commit.Id)).Json);
            Assert.Single((await Store.ReadAuditTrailAsync(commit.Id, Cancellation))!.Items);
        }
    }

    [Fact]
    public async Task A_refused_klant_does_not_undo_the_others_of_its_call()
    {
        Assert.Equal([CommitResult.Committed], await LoadAsync(Creation(Klant(rsin, "A-1"))));
        var results = await LoadAsync(Creation(Klant(rsin, "A-0")), Creation(Klant(rsin, "A-1")), Creation(Klant(rsin, "A-2")));
        Assert.Equal([CommitResult.Committed, CommitResult.KlantnummerTaken, CommitResult.Committed], results);
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task Klanten_are_counted_and_found_after_a_bulk_load()
    {
        await LoadAsync(Creation(Klant(rsin, "A-1")), Creation(Klant(Rsin(), "A-1")), Creation(Klant(rsin, "A-2")));
        Assert.Equal(3, await CountAsync());
        Assert.Equal(2, await CountAsync((FilterFields.Bronorganisatie, rsin)));
        Assert.Equal(2, await CountAsync((FilterFields.Klantnummer, "A-1")));
        Assert.Equal(1, await CountAsync((FilterFields.Klantnummer, "A-1"), (FilterFields.Bronorganisatie, rsin)));
    }

    [Fact]
    public async Task Numbering_continues_after_a_bulk_load()
    {
        var number = await Store.TakeNumbersAsync(rsin, 3, 1, Cancellation);
        await LoadAsync(Creation(Klant(rsin, $"{number}")));
        Assert.Equal(number + 3, await Store.TakeNumbersAsync(rsin, 1, 1, Cancellation));
    }

    private async Task<IReadOnlyList<CommitResult>> LoadAsync(params KlantCommit[] commits)
    {
        await using var bulkLoad = await Store.BeginBulkLoadAsync(Cancellation);
        return await bulkLoad.CommitAsync(commits, Cancellation);
    }

    private async Task<long> CountAsync(params (FilterField, string)[] filter) =>
        (await Store.ListAsync(new(filter), PageRequest.First, Cancellation))!.Count;
}

public sealed class SqliteBulkLoadTests() : StoreContractBulkLoad(Sqlite);

public sealed class CosmosBulkLoadTests(CosmosAccount account) : StoreContractBulkLoad(() => Cosmos(account));
