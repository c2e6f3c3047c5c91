using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Tests.Storage.Cosmos;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage;

/// <summary>A store does nothing for a consumer that has left.</summary>
public abstract class StoreContractCancellation(Func<Task<StoreHost>> open) : StoreContract(open)
{
    private static readonly CancellationToken Left = new(canceled: true);

    private static readonly Dictionary<string, Func<StoreContractCancellation, StoredKlant, Task>> Reads = new()
    {
        ["read"] = async (store, klant) => await store.Store.ReadAsync(klant.Id, Left),
        ["read many"] = async (store, klant) => await store.Store.ReadManyAsync([klant.Id], Left),
        ["list"] = async (store, _) => await store.Store.ListAsync(KlantFilter.None, PageRequest.First, Left),
        ["is taken"] = async (store, _) => await store.Store.IsTakenAsync(Rsin(), "1", null, Left),
        ["take numbers"] = async (store, _) => await store.Store.TakeNumbersAsync(Rsin(), 1, 1, Left),
        ["find a number"] = async (store, _) => await store.Store.FindFreeNumberAsync(Rsin(), 1, Left),
        ["trail"] = async (store, klant) => await store.Store.ReadAuditTrailAsync(klant.Id, Left),
        ["audit entry"] = async (store, klant) => await store.Store.ReadAuditEntryAsync(klant.Id, Guid.NewGuid(), Left),
        ["begin a bulk load"] = async (store, _) => await store.Store.BeginBulkLoadAsync(Left),
        ["lease"] = async (store, _) => await store.Outbox.LeaseAsync(1, Now, TimeSpan.FromMinutes(1), Left),
        ["resume"] = async (store, _) => await store.Outbox.ResumeAsync(Now, Left),
        ["status"] = async (store, _) => await store.Outbox.StatusAsync(Left),
    };

    private static DateTimeOffset Now => new(2026, 2, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Operations => [.. Reads.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_is_given_up(string operation)
    {
        var klant = await GivenAsync(Klant(Rsin()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Reads[operation](this, klant));
    }

    [Fact]
    public async Task A_commit_that_was_not_begun_is_given_up()
    {
        var klant = await GivenAsync(Klant(Rsin()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CommitAsync(Deletion(klant), Left).AsTask());
        Assert.NotNull(await Store.ReadAsync(klant.Id, Cancellation));
    }

    [Fact]
    public async Task A_bulk_load_is_given_up_before_its_next_klanten()
    {
        var creation = Creation(Klant(Rsin()));
        await using (var bulkLoad = await Store.BeginBulkLoadAsync(Cancellation))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bulkLoad.CommitAsync([creation], Left).AsTask());
        }
        Assert.Null(await Store.ReadAsync(creation.Id, Cancellation));
    }
}

public sealed class SqliteCancellationTests() : StoreContractCancellation(Sqlite);

public sealed class CosmosCancellationTests(CosmosAccount account) : StoreContractCancellation(() => Cosmos(account));
