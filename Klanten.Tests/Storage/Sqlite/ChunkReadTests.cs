using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>Between two chunks nothing is held in the database, so a slow consumer does not make the write-ahead log grow.</summary>
public sealed class ChunkReadTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task No_read_transaction_is_open_while_a_consumer_takes_a_chunk()
    {
        using var database = new SqliteDatabase(new() { Pad = folder.Database });
        var store = new SqliteKlantStore(database);
        var klant = StoreData.Klant("999990639", "1", SubjectType.Vestiging) with
        {
            SubjectIdentificatie = new Vestiging { Handelsnaam = [new string('n', Chunk.MaxBytes)] },
        };
        KlantId[] ids = [KlantId.New(klant.Bronorganisatie), KlantId.New(klant.Bronorganisatie)];
        await store.CommitAsync(StoreData.Creation(klant, ids[0], DateTimeOffset.UnixEpoch), Cancellation);
        await store.CommitAsync(StoreData.Creation(klant with { Klantnummer = "2" }, ids[1], DateTimeOffset.UnixEpoch), Cancellation);

        var page = (await store.ListAsync(KlantFilter.None, PageRequest.First, Cancellation))!;
        await store.CommitAsync(
            StoreData.Change((await store.ReadAsync(ids[0], Cancellation))!, k => k with { Voornaam = "A" }, DateTimeOffset.UnixEpoch),
            Cancellation);
        var trail = (await store.ReadAuditTrailAsync(ids[0], Cancellation))!;
        Assert.NotNull(page.Klanten.NextAsync);
        Assert.NotNull(trail.NextAsync);
        // A reader would keep the log from being emptied (sqlite.org/pragma.html#pragma_wal_checkpoint); 0 means that none did.
        using var other = new SqliteSession(folder.Database);
        Assert.Equal(0, other.Number("PRAGMA wal_checkpoint(TRUNCATE)"));
        Assert.Single((await page.Klanten.NextAsync(Cancellation)).Items);
        Assert.Single((await trail.NextAsync(Cancellation)).Items);
    }
}
