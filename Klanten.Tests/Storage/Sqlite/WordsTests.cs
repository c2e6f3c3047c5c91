using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>Klanten are found by the words that they have, and by no others, after whatever commits.</summary>
public sealed class WordsTests : IDisposable
{
    private const string Segments = "SELECT count(DISTINCT segid) FROM klant_search_idx";

    private static readonly DateTimeOffset Now = new(2026, 2, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Few, so that klanten share them; with all that could mean something in a query or in hexadecimals.</summary>
    private static readonly string[] Values =
        ["", "a", "A", "aa", "a b", "\"", "''", "AND", "a*", "61", "é", "e\u0301", "😀", "{a}:b", "\ud800", new('x', 200)];

    private static readonly FilterField[] Fields =
        [.. SqliteSchema.FilterColumns.Where(column => column.Index == FilterIndex.Words).Select(column => column.Field)];

    private readonly HeldWriter writer = new();
    private readonly string rsin = Rsin();
    private long number = 10_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => writer.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task After_commits_at_random_each_word_finds_the_klanten_that_have_it(int seed)
    {
        var random = new Random(seed);
        var klanten = new SortedDictionary<long, Klant>();
        for (var round = 0; round < 25; round++)
        {
            // Several changes of one klant may be in one transaction, and the place of one that was removed is used again.
            await writer.Database.WriteAsync(transaction =>
            {
                for (var i = random.Next(1, 12); i > 0; i--) CommitAny(transaction, random, klanten);
            });
            await AssertSoundAsync();
        }
        foreach (var field in Fields)
        {
            foreach (var value in Values.Where(value => value.Length > 0)) await AssertFoundAsync(klanten, (field, value));
        }
        foreach (var value in Values.Where(value => value.Length > 0))
        {
            await AssertFoundAsync(klanten, (Fields[0], value), (Fields[1], Values[random.Next(1, Values.Length)]));
            await AssertFoundAsync(klanten, (Fields[2], value), (FilterFields.Functie, "Smid"));
        }
    }

    [Fact]
    public async Task Nothing_of_a_transaction_that_was_undone_is_found()
    {
        using (var hold = await writer.HoldAsync())
        {
            var fails = writer.Database.WriteAsync(transaction =>
            {
                SqliteCommands.Commit(transaction, Creation("spoilt@example.com"));
                throw new InvalidOperationException();
            });
            var succeeds = writer.WriteAsync(Creation("sound@example.com"));
            hold.Release();
            await Assert.ThrowsAsync<InvalidOperationException>(() => fails);
            Assert.Equal(CommitResult.Committed, await succeeds);
        }
        Assert.Equal(0, await CountAsync("spoilt@example.com"));
        Assert.Equal(1, await CountAsync("sound@example.com"));
        await AssertSoundAsync();
    }

    [Fact]
    public async Task A_change_that_is_refused_leaves_the_words_as_they_were()
    {
        var (first, second) = (Creation("first@example.com"), Creation("second@example.com"));
        await writer.WriteAsync(first);
        await writer.WriteAsync(second);
        var stored = (await writer.Store.ReadAsync(second.Id, Cancellation))!;
        var taken = Change(stored, k => k with { Klantnummer = first.After!.Klantnummer, Emailadres = "third@example.com" }, Now);
        Assert.Equal(CommitResult.KlantnummerTaken, await writer.WriteAsync(taken));
        Assert.Equal(1, await CountAsync("second@example.com"));
        Assert.Equal(0, await CountAsync("third@example.com"));
        await AssertSoundAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_klant_that_another_program_changed_in_the_file_can_be_changed_and_removed(bool isRemoved)
    {
        var creation = Creation("first@example.com");
        await writer.WriteAsync(creation);
        using (var other = writer.OpenSession()) other.Script("UPDATE klant SET emailadres = 'second@example.com'");
        var stored = (await writer.Store.ReadAsync(creation.Id, Cancellation))!;
        var commit = isRemoved ? Deletion(stored, Now) : Change(stored, k => k with { Emailadres = "third@example.com" }, Now);
        Assert.Equal(CommitResult.Committed, await writer.WriteAsync(commit));
        Assert.Equal(isRemoved ? 0 : 1, await CountAsync("third@example.com"));
        Assert.Equal(CommitResult.Committed, await writer.WriteAsync(Creation("fourth@example.com")));
    }

    [Fact]
    public async Task A_page_of_many_klanten_with_a_word_is_oldest_first_and_has_their_count()
    {
        for (var i = 0; i < 2; i++)
        {
            await using var load = await writer.Store.BeginBulkLoadAsync(Cancellation);
            await load.CommitAsync([.. Enumerable.Range(0, 125).Select(_ => Creation("shared@example.com"))], Cancellation);
        }
        var all = await PageAsync("shared@example.com", 1);
        var rest = await PageAsync("shared@example.com", 3);
        Assert.Equal((250, 100, 250, 50), (all.Count, all.Klanten.Items.Count, rest.Count, rest.Klanten.Items.Count));
        Assert.Equal("10000001", KlantJson.Read(all.Klanten.Items[0].Json).Klantnummer);
        Assert.Equal("10000201", KlantJson.Read(rest.Klanten.Items[0].Json).Klantnummer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task What_many_transactions_added_is_merged_so_that_a_search_stays_short(int loaded)
    {
        await using (var load = await writer.Store.BeginBulkLoadAsync(Cancellation))
        {
            await load.CommitAsync([.. Enumerable.Range(0, loaded).Select(i => Creation($"loaded{i}@example.com"))], Cancellation);
        }
        for (var i = 0; i < 300; i++) await writer.WriteAsync(Creation($"{i}@example.com"));
        var segments = writer.Database.Read(session => session.Number(Segments));
        Assert.True(segments < 20, $"There are {segments} segments.");
        Assert.Equal(1, await CountAsync("17@example.com"));
    }

    private void CommitAny(SqliteTransaction transaction, Random random, SortedDictionary<long, Klant> klanten)
    {
        var session = transaction.Session;
        if (klanten.Count == 0 || random.Next(3) == 0)
        {
            var commit = StoreData.Creation(Vary(Klant(rsin, $"{++number}"), random), KlantId.New(rsin), Now);
            Assert.Equal(CommitResult.Committed, SqliteCommands.Commit(transaction, commit));
            klanten.Add(session.Number("SELECT max(sequence) FROM klant")!.Value, commit.After!);
            return;
        }
        // Mostly one of the last, so that the last place becomes free and is used again.
        var sequence = random.Next(2) == 0 ? klanten.Keys.Last() : klanten.Keys.ElementAt(random.Next(klanten.Count));
        var stored = SqliteQueries.ReadAfter(session, sequence - 1, 1).Klanten[0];
        if (random.Next(3) == 0)
        {
            Assert.Equal(CommitResult.Committed, SqliteCommands.Commit(transaction, Deletion(stored, Now)));
            klanten.Remove(sequence);
            return;
        }
        var change = Change(stored, klant => Vary(klant, random), Now);
        Assert.Equal(CommitResult.Committed, SqliteCommands.Commit(transaction, change));
        klanten[sequence] = change.After!;
    }

    private static Klant Vary(Klant klant, Random random) => klant with
    {
        Emailadres = Values[random.Next(Values.Length)],
        Telefoonnummer = Values[random.Next(Values.Length)],
        Bedrijfsnaam = Values[random.Next(Values.Length)],
        Achternaam = Values[random.Next(Values.Length)],
        Functie = random.Next(2) == 0 ? "Smid" : "",
        Adres = random.Next(2) == 0 ? null : klant.Adres ?? new() { Straatnaam = "a", Postcode = Values[random.Next(Values.Length)] },
    };

    private KlantCommit Creation(string emailadres) =>
        StoreData.Creation(Klant(rsin, $"{++number}") with { Emailadres = emailadres }, KlantId.New(rsin), Now);

    private async Task AssertFoundAsync(SortedDictionary<long, Klant> klanten, params (FilterField Field, string Value)[] criteria)
    {
        var expected = klanten.Values.Where(klant => criteria.All(c => c.Field.Read(klant) == c.Value)).Select(klant => klant.Klantnummer);
        var found = (await writer.Store.ListAsync(new(criteria), PageRequest.First, Cancellation))!;
        Assert.Equal(expected, found.Klanten.Items.Select(klant => KlantJson.Read(klant.Json).Klantnummer));
        Assert.Equal(found.Klanten.Items.Count, found.Count);
    }

    private async Task<long> CountAsync(string emailadres) => (await PageAsync(emailadres, 1)).Count;

    private async Task<KlantPage> PageAsync(string emailadres, int number) =>
        (await writer.Store.ListAsync(new([(FilterFields.Emailadres, emailadres)]), new(number), Cancellation))!;

    private Task AssertSoundAsync() => writer.Database.WriteAsync(transaction => transaction.Session.Script(SqliteWords.Check));
}
