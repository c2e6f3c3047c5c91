using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>An empty file is filled without the indexes for filters, and has them when the load is over.</summary>
public sealed class BulkLoadTests : IDisposable
{
    private const string Indexes = "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name = 'klant_inp_bsn'";

    private readonly HeldWriter writer = new();
    private readonly string rsin = Rsin();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => writer.Dispose();

    [Fact]
    public async Task An_empty_file_has_no_indexes_for_filters_during_the_load_and_has_them_after_it()
    {
        await using (var load = await writer.Store.BeginBulkLoadAsync(Cancellation))
        {
            Assert.Equal(0, Number(Indexes));
            await load.CommitAsync([Creation("1")], Cancellation);
        }
        Assert.Equal(1, Number(Indexes));
    }

    [Fact]
    public async Task A_file_with_klanten_keeps_its_indexes()
    {
        await writer.WriteAsync(Creation("1"));
        await using var load = await writer.Store.BeginBulkLoadAsync(Cancellation);
        Assert.Equal(1, Number(Indexes));
    }

    [Fact]
    public async Task The_writer_keeps_more_pages_during_the_load()
    {
        await using (await writer.Store.BeginBulkLoadAsync(Cancellation)) Assert.Equal(-SqliteDatabase.LargeCache, await CacheAsync());
        Assert.Equal(-SqliteDatabase.SmallCache, await CacheAsync());
    }

    [Fact]
    public async Task A_number_that_a_load_used_is_not_given_out_again_after_a_restart()
    {
        var number = await writer.Store.TakeNumbersAsync(rsin, 1, 1, Cancellation);
        await using (var load = await writer.Store.BeginBulkLoadAsync(Cancellation))
        {
            await load.CommitAsync([Creation(GeneratedKlantnummer.Format(number)!)], Cancellation);
        }
        writer.Reopen();
        Assert.Equal(number + 1, await writer.Store.TakeNumbersAsync(rsin, 1, 1, Cancellation));
    }

    private Task<long?> CacheAsync() =>
        writer.Database.WriteAsync(transaction => transaction.Session.Number("PRAGMA cache_size"), cancellationToken: Cancellation);

    private long? Number(string sql) => writer.Database.Read(session => session.Number(sql));

    private KlantCommit Creation(string klantnummer) => StoreData.Creation(
        Klant(rsin, klantnummer), KlantId.New(rsin), new(2026, 2, 1, 12, 0, 0, TimeSpan.Zero));
}
