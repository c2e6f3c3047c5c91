using System.Runtime.CompilerServices;
using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.UseCases;
using Klanten.Functions.Migration;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Migration;

/// <summary>An import from beginning to end: of a source that changes meanwhile, and with interruptions.</summary>
public sealed class ImportRunTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly SqliteDatabase database;
    private readonly SqliteKlantStore store;

    public ImportRunTests()
    {
        database = new(new() { Pad = folder.Database });
        store = new(database);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("plaats,uu")]
    [InlineData("plaats,uuid,veld,code,reden\r\n1,,x,y,z\r\n")]
    public void An_earlier_report_is_replaced(string earlier)
    {
        File.WriteAllText(folder["geweigerd.csv"], earlier);
        using (RefusalReport.Open(folder["geweigerd.csv"], 0))
        {
        }
        Assert.Equal("plaats,uuid,veld,code,reden\r\n", File.ReadAllText(folder["geweigerd.csv"]));
    }

    [Theory]
    [InlineData("SQLite format 3")]
    [InlineData("plaats;uuid")]
    [InlineData("{}")]
    public void What_is_no_report_is_not_emptied(string other)
    {
        File.WriteAllText(folder["anders"], other);
        Assert.Throws<MigrationException>(() => RefusalReport.Open(folder["anders"], 0));
        Assert.Equal(other, File.ReadAllText(folder["anders"]));
    }

    [Fact]
    public void What_is_no_progress_is_not_used_and_so_not_deleted()
    {
        new SqliteDatabase(new() { Pad = folder["backup.db"] }).Dispose();
        Assert.Throws<MigrationException>(() => ImportProgress.Open(folder["backup.db"], "x"));
        using var session = new SqliteSession(folder["backup.db"], SessionKind.Reader);
        Assert.Equal(0, session.Number("SELECT count(*) FROM klant"));
    }

    [Fact]
    public async Task Of_a_source_at_rest_all_is_read_once()
    {
        var source = new ShiftingSource(25);
        var (state, complete) = await RunAsync(source);
        Assert.True(complete);
        Assert.Equal((25, 0, 0, 1), (state.Added, state.Present, state.Refused, state.Pass));
    }

    /// <summary>The klanten after it move up, and the first of the next page is met by no page that is still read.</summary>
    [Fact]
    public async Task A_klant_that_is_removed_at_the_source_makes_no_other_klant_be_missed()
    {
        var source = new ShiftingSource(25);
        source.BeforePage[2] = klanten => klanten.RemoveAt(0);
        var (state, complete) = await RunAsync(source);
        Assert.True(complete);
        Assert.Equal((25, 2), (state.Added, state.Pass));
        Assert.Equal(24, state.Count);
    }

    /// <summary>The reference has no order, and a klant that is changed goes to the end of its list.</summary>
    [Fact]
    public async Task A_klant_that_goes_to_the_end_makes_no_other_klant_be_missed()
    {
        var source = new ShiftingSource(25);
        source.BeforePage[2] = klanten =>
        {
            klanten.Add(klanten[0]);
            klanten.RemoveAt(0);
        };
        var (state, complete) = await RunAsync(source);
        Assert.True(complete);
        Assert.Equal((25, 0, 2), (state.Added, state.Present, state.Pass));
    }

    [Fact]
    public async Task A_source_that_never_rests_is_told()
    {
        var source = new ShiftingSource(25);
        var next = 100;
        for (var page = 2; page <= 3; page++) source.BeforePage[page] = klanten => klanten.Insert(0, ShiftingSource.Klant(next++));
        var (state, complete) = await RunAsync(source);
        Assert.False(complete);
        Assert.Equal(ImportRun.MaxPasses, state.Pass);
    }

    [Fact]
    public async Task An_interrupted_import_goes_on_where_it_was_and_the_report_has_each_row_once()
    {
        var source = new ShiftingSource(35) { FailsAtPage = 3 };
        source.Break(4);
        source.Break(14);
        source.Break(24);
        await Assert.ThrowsAsync<MigrationException>(() => RunAsync(source));
        // As after a SIGKILL between the report and the record of the next part.
        await File.AppendAllTextAsync(folder["geweigerd.csv"], "pagina 3,half", Cancellation);

        source.FailsAtPage = 0;
        source.Asked.Clear();
        var (state, complete) = await RunAsync(source);
        Assert.True(complete);
        Assert.Equal([3, 4], source.Asked);
        Assert.Equal((32, 0, 3), (state.Added, state.Present, state.Refused));
        var rows = (await File.ReadAllTextAsync(folder["geweigerd.csv"], Cancellation)).Split("\r\n");
        Assert.Equal("plaats,uuid,veld,code,reden", rows[0]);
        Assert.Equal(["pagina 1", "pagina 2", "pagina 3"], rows[1..^1].Select(row => row.Split(',')[0]));
        Assert.All(rows[1..^1], row => Assert.EndsWith("websiteUrl,required,\"Dit veld is verplicht.\"", row, StringComparison.Ordinal));
        Assert.Equal("", rows[^1]);
    }

    [Fact]
    public async Task Another_pass_reports_no_klant_twice()
    {
        var source = new ShiftingSource(25);
        source.Break(3);
        source.BeforePage[2] = klanten => klanten.RemoveAt(0);
        var (state, _) = await RunAsync(source);
        Assert.Equal((24, 1, 2), (state.Added, state.Refused, state.Pass));
        Assert.Equal(2, File.ReadLines(folder["geweigerd.csv"]).Count());
    }

    [Fact]
    public async Task What_is_taken_but_was_not_recorded_is_present_the_next_time()
    {
        var source = new ShiftingSource(25);
        await RunAsync(source);
        File.Delete(folder["voortgang.db"]);
        var (state, complete) = await RunAsync(source);
        Assert.True(complete);
        Assert.Equal((0, 25, 0), (state.Added, state.Present, state.Refused));
    }

    [Fact]
    public void The_progress_of_another_import_is_not_touched()
    {
        ImportProgress.Open(folder["voortgang.db"], "bron A naar B").Dispose();
        var refused = Assert.Throws<MigrationException>(() => ImportProgress.Open(folder["voortgang.db"], "bron C naar B"));
        Assert.Contains("bron A naar B", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_import_with_the_same_progress_is_refused()
    {
        using var first = ImportProgress.Open(folder["voortgang.db"], "bron");
        first.Record(ImportState.Start, []);
        Assert.Throws<MigrationException>(() => ImportProgress.Open(folder["voortgang.db"], "bron"));
    }

    private async Task<(ImportState State, bool Complete)> RunAsync(IImportSource source)
    {
        using var progress = ImportProgress.Open(folder["voortgang.db"], source.Identity);
        using var report = RefusalReport.Open(folder["geweigerd.csv"], progress.State.ReportLength);
        await using var bulkLoad = await store.BeginBulkLoadAsync(Cancellation);
        var import = new ImportKlanten(store, Dialect.Standard, new AuditContext(), TimeProvider.System);
        return await new ImportRun(source, import, bulkLoad, progress, report, (_, _) => { }).ExecuteAsync(Cancellation);
    }

    /// <summary>A list with pages of ten, which may change before a page is read in the first pass.</summary>
    private sealed class ShiftingSource(int count) : IImportSource
    {
        private readonly List<SourceKlant> klanten = [.. Enumerable.Range(0, count).Select(Klant)];

        public string Identity => "bron";

        public string Name => "bron";

        public Dictionary<int, Action<List<SourceKlant>>> BeforePage { get; } = [];

        public List<int> Asked { get; } = [];

        public int FailsAtPage { get; set; }

        public static SourceKlant Klant(int n) =>
            new("", new(ApiSourceTests.Uuid(n)), JsonElement.Parse(ApiSourceTests.Klant(n).ToJsonString()), null);

        public void Break(int n) =>
            klanten[n] = klanten[n] with { Json = JsonElement.Parse(ApiSourceTests.Klant(n).Without("websiteUrl").ToJsonString()) };

        public async IAsyncEnumerable<ImportPart> ReadAsync(long position, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var page = (int)position + 1; ; page++)
            {
                await Task.Yield();
                if (page == FailsAtPage) throw new MigrationException(MigrationTexts.NoSource);
                Asked.Add(page);
                if (BeforePage.TryGetValue(page, out var change)) change(klanten);
                // A list that never rests changes in each pass; the others do once.
                if (BeforePage.Count == 1 && page == 2) BeforePage.Clear();
                SourceKlant[] found = [.. klanten.Skip((page - 1) * 10).Take(10).Select(klant => klant with { Place = $"pagina {page}" })];
                yield return new(found, page, 0, klanten.Count);
                if (page * 10 >= klanten.Count) yield break;
            }
        }
    }
}
