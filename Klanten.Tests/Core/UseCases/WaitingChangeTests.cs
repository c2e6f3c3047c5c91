using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Storage;
using Klanten.Tests.Storage.Sqlite;
using Moq;

namespace Klanten.Tests.Core.UseCases;

/// <summary>A change that waits for its turn is made of the klant as it is then.</summary>
public sealed class WaitingChangeTests : IDisposable
{
    private static readonly KlantUrl Url = new("http://localhost/api/v1/klanten/");

    private readonly HeldWriter writer = new();
    private readonly KlantTurns turns = new();
    private int moments;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SqliteKlantStore Store => writer.Store;

    public void Dispose() => writer.Dispose();

    [Fact]
    public async Task It_keeps_what_another_change_made_of_the_klant()
    {
        var klant = await GivenAsync();
        var done = Assert.IsType<Outcome.Done>(
            await ChangeAfterAsync(klant, StoreData.Change(klant, k => k with { Functie = "Kok" }, Moment())));
        Assert.Equal(("Kok", "Zilver"), (KlantJson.Read(done.Json).Functie, KlantJson.Read(done.Json).Achternaam));
    }

    [Fact]
    public async Task It_finds_that_the_klant_was_removed()
    {
        var klant = await GivenAsync();
        Assert.IsType<Outcome.NotFound>(await ChangeAfterAsync(klant, StoreData.Deletion(klant, Moment())));
    }

    [Fact]
    public async Task A_removal_finds_that_the_klant_was_removed()
    {
        var klant = await GivenAsync();
        Task<Outcome> removal;
        using (await turns.WaitAsync(klant.Id, Cancellation))
        {
            removal = new RemoveKlant(Store, new(false), turns, TimeProvider.System).ExecuteAsync(klant.Id, Url, null, Cancellation);
            await Store.CommitAsync(StoreData.Deletion(klant, Moment()), Cancellation);
        }
        Assert.IsType<Outcome.NotFound>(await removal);
    }

    /// <summary>Begins a change of the klant while another write has its turn, and lets it go on after that write.</summary>
    private async Task<Outcome> ChangeAfterAsync(StoredKlant klant, KlantCommit first)
    {
        var change = new ChangeKlant(Store, Mock.Of<ISubjectLookup>(MockBehavior.Strict), new(false), turns, TimeProvider.System);
        using var body = JsonDocument.Parse("""{"achternaam": "Zilver"}""");
        Task<Outcome> changing;
        using (await turns.WaitAsync(klant.Id, Cancellation))
        {
            changing = change.ExecuteAsync(
                klant, body.RootElement, Dialect.Standard, Actie.PartialUpdate, new(), Url, null, Cancellation);
            Assert.Equal(CommitResult.Committed, await Store.CommitAsync(first, Cancellation));
        }
        return await changing;
    }

    private async Task<StoredKlant> GivenAsync()
    {
        var rsin = StoreData.Rsin();
        var creation = StoreData.Creation(StoreData.Klant(rsin), KlantId.New(rsin), Moment());
        await Store.CommitAsync(creation, Cancellation);
        return (await Store.ReadAsync(creation.Id, Cancellation))!;
    }

    private DateTimeOffset Moment() => new DateTimeOffset(2026, 2, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(moments++);
}
