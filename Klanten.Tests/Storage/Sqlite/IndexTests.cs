using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>Every filter that leads to few klanten is answered from an index, also after an interrupted bulk load.</summary>
public sealed class IndexTests : IDisposable
{
    /// <summary>"M" and a number: by a MATCH.</summary>
    private const string ByWords = "SCAN klant_search VIRTUAL TABLE INDEX 64:M1";

    private readonly TempFolder folder = new();

    public static TheoryData<string> Indexed =>
        [.. SqliteSchema.FilterColumns.Where(c => c.Index is not (FilterIndex.None or FilterIndex.Words)).Select(c => c.Column)];

    public static TheoryData<string> Words =>
        [.. SqliteSchema.FilterColumns.Where(c => c.Index == FilterIndex.Words).Select(c => c.Column)];

    public static TheoryData<string> Keys =>
        [.. SqliteSchema.FilterColumns.Where(c => c.Index == FilterIndex.WithBronorganisatie).Select(c => c.Column)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Indexed))]
    public void A_filter_is_answered_from_an_index(string column)
    {
        using var database = Open();
        Assert.StartsWith("SEARCH", PlanOf(database, column), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void A_filter_with_words_is_answered_from_the_full_text_index(string column)
    {
        using var database = Open();
        Assert.Equal(ByWords, PlanOf(database, column));
    }

    [Theory]
    [InlineData("bronorganisatie")]
    [InlineData("telefoonnummer")]
    [InlineData("functie")]
    public void A_filter_with_words_is_answered_from_the_full_text_index_whatever_else_is_asked(string other)
    {
        using var database = Open();
        var filter = new KlantFilter([(FilterFields.Emailadres, "1"), (FilterFields.All.Single(f => f.Parameter == other), "1")]);
        Assert.Equal(ByWords, PlanOf(database, filter));
    }

    [Theory]
    [InlineData("", null, true)]
    [InlineData("__lt", null, true)]
    [InlineData("", "bronorganisatie", true)]
    [InlineData("", "emailadres", false)]
    public void A_date_of_birth_is_answered_from_an_index_where_an_application_asks_for_it(string suffix, string? other, bool drives)
    {
        var asked = FilterFields.Geboortedatum.Single(f => f.Parameter.EndsWith($"datum{suffix}", StringComparison.Ordinal));
        (FilterField, string)[] criteria = [(asked, "1970")];
        if (other is not null) criteria = [.. criteria, (FilterFields.All.Single(f => f.Parameter == other), "1")];
        using (var database = Open(indexesGeboortedatum: true))
        {
            Assert.Equal(drives, PlanOf(database, new KlantFilter(criteria)).Contains("klant_geboortedatum", StringComparison.Ordinal));
        }
        using var reopened = Open();
        Assert.DoesNotContain("klant_geboortedatum", PlanOf(reopened, new KlantFilter(criteria)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_within_a_bronorganisatie_is_found_by_both_whatever_else_is_asked(string column)
    {
        using var database = Open();
        var key = SqliteSchema.FilterColumns.Single(c => c.Column == column).Field;
        var plan = PlanOf(
            database, new KlantFilter([(FilterFields.Bronorganisatie, "1"), (key, "1"), (FilterFields.Emailadres, "1")]));
        Assert.Contains("bronorganisatie=?", plan, StringComparison.Ordinal);
        Assert.Contains($"{column}=?", plan, StringComparison.Ordinal);
    }

    /// <summary>The unique index is that of bronorganisatie and klantnummer, so it needs both.</summary>
    [Fact]
    public void A_klantnummer_within_a_bronorganisatie_is_found_by_both_whatever_else_is_asked()
    {
        using var database = Open();
        var filter = new KlantFilter(
            [(FilterFields.Bronorganisatie, "1"), (FilterFields.Klantnummer, "1"), (FilterFields.Emailadres, "1")]);
        Assert.Contains("(bronorganisatie=? AND klantnummer=?)", PlanOf(database, filter), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bulk_load_into_an_empty_store_has_no_indexes_until_its_end()
    {
        using var database = Open();
        await using (await new SqliteKlantStore(database).BeginBulkLoadAsync(Cancellation))
        {
            Assert.StartsWith("SCAN", PlanOf(database, "inp_bsn"), StringComparison.Ordinal);
        }
        Assert.StartsWith("SEARCH", PlanOf(database, "vestigings_nummer"), StringComparison.Ordinal);
        Assert.Equal(ByWords, PlanOf(database, "emailadres"));
    }

    [Fact]
    public async Task A_bulk_load_into_a_store_with_klanten_keeps_the_indexes()
    {
        using var database = Open();
        var store = new SqliteKlantStore(database);
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(Creation(), Cancellation));
        await using var bulkLoad = await store.BeginBulkLoadAsync(Cancellation);
        Assert.StartsWith("SEARCH", PlanOf(database, "inp_bsn"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_a_store_after_an_interrupted_bulk_load_makes_its_indexes()
    {
        using (var database = Open())
        {
            var bulkLoad = await new SqliteKlantStore(database).BeginBulkLoadAsync(Cancellation);
            await bulkLoad.CommitAsync([Creation()], Cancellation);
        }
        using var reopened = Open();
        Assert.StartsWith("SEARCH", PlanOf(reopened, "inp_bsn"), StringComparison.Ordinal);
        var byWord = new KlantFilter([(FilterFields.Emailadres, Creation().After!.Emailadres)]);
        foreach (var filter in (KlantFilter[])[KlantFilter.None, byWord])
        {
            Assert.Equal(1, (await new SqliteKlantStore(reopened).ListAsync(filter, PageRequest.First, Cancellation))!.Count);
        }
    }

    private static KlantCommit Creation()
    {
        var klant = Klant(Rsin(), "A-1");
        return StoreData.Creation(klant, KlantId.New(klant.Bronorganisatie), DateTimeOffset.UnixEpoch);
    }

    private SqliteDatabase Open(bool indexesGeboortedatum = false) =>
        new(new() { Pad = folder.Database }, indexesGeboortedatum: indexesGeboortedatum);

    private static string PlanOf(SqliteDatabase database, string column) =>
        PlanOf(database, new KlantFilter([(SqliteSchema.FilterColumns.Single(c => c.Column == column).Field, "1")]));

    /// <summary>How SQLite finds the klanten of a filter (sqlite.org/eqp.html).</summary>
    private static string PlanOf(SqliteDatabase database, KlantFilter filter) => database.Read(session =>
    {
        // EXPLAIN starts no transaction, so it would not see that another connection changed the schema.
        session.Number("SELECT count(*) FROM klant");
        var search = SqliteQueries.Search(filter);
        using var plan = session.Prepare($"EXPLAIN QUERY PLAN SELECT 1 FROM {search.From} WHERE {search.Where} ORDER BY {search.Place}");
        plan.Step();
        return plan.Text(3);
    });
}
