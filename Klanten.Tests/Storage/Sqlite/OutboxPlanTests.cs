using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>What the outbox does costs the same however many notifications wait: it is found by an index, and counts are kept.</summary>
public sealed class OutboxPlanTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Statements =>
    [
        SqliteOutboxCommands.SelectDue,
        SqliteOutboxCommands.Insert,
        SqliteOutboxCommands.LeaseOne,
        SqliteOutboxCommands.DeleteOne,
        SqliteOutboxCommands.RaiseHead,
        SqliteOutboxCommands.PostponeOne,
        SqliteOutboxCommands.ParkOne,
        SqliteOutboxCommands.ReturnParked,
        SqliteOutboxCommands.Hasten,
    ];

    [Theory]
    [MemberData(nameof(Statements))]
    public void No_statement_goes_through_all_that_waits(string sql)
    {
        using var database = Open();
        var plan = database.Read(session =>
        {
            session.Number("SELECT count(*) FROM outbox");
            using var rows = session.Prepare("EXPLAIN QUERY PLAN " + sql);
            var lines = new List<string>();
            while (rows.Step()) lines.Add(rows.Text(3));
            return lines;
        });
        Assert.Empty(plan.Intersect(["SCAN outbox", "SCAN parked"]));
        Assert.DoesNotContain(plan, line => line.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_due_is_found_behind_many_that_are_not()
    {
        using var database = Open();
        var outbox = new SqliteOutbox(database);
        var busy = KlantId.New("999990639");
        await AddAsync(database, Enumerable.Repeat(busy, 20_000));
        await AddAsync(database, Enumerable.Range(0, 5_000).Select(_ => KlantId.New("999990639")));
        for (var leased = 1; leased > 0;) leased = (await outbox.LeaseAsync(1000, Now, OutboxTimes.Lease, Cancellation)).Count;
        var fresh = KlantId.New("999990639");
        await AddAsync(database, [fresh]);
        Assert.Equal(fresh, Assert.Single(await outbox.LeaseAsync(32, Now, OutboxTimes.Lease, Cancellation)).Notificatie.Klant);
        Assert.Equal(25_001, (await outbox.StatusAsync(Cancellation)).Waiting);
    }

    [Fact]
    public async Task The_counts_are_those_of_the_rows_after_all_that_can_happen()
    {
        using var database = Open();
        var outbox = new SqliteOutbox(database);
        var klanten = Enumerable.Range(0, 20).Select(_ => KlantId.New("999990639")).ToArray();
        var random = new Random(20261125);
        for (var round = 0; round < 200; round++)
        {
            await AddAsync(database, [klanten[random.Next(klanten.Length)]]);
            foreach (var entry in await outbox.LeaseAsync(3, Now, OutboxTimes.Lease, Cancellation))
            {
                var chance = random.Next(4);
                if (chance == 0) await outbox.DeliveredAsync(entry, Cancellation);
                if (chance == 1) await outbox.FailedAsync(entry, Now, Cancellation);
                if (chance == 2) await outbox.FailedAsync(entry, null, Cancellation);
            }
            if (round % 50 == 49) await outbox.ResumeAsync(Now.AddYears(-1), Cancellation);
            var status = await outbox.StatusAsync(Cancellation);
            Assert.Equal(Number(database, "SELECT count(*) FROM outbox"), status.Waiting);
            Assert.Equal(Number(database, "SELECT count(*) FROM parked"), status.Parked);
            const string Heads = "SELECT min(sequence) FROM outbox GROUP BY klant";
            Assert.Equal(0, Number(database, $"SELECT count(*) FROM outbox WHERE head <> (sequence IN ({Heads}))"));
        }
    }

    private static long Number(SqliteDatabase database, string sql) => database.Read(session => session.Number(sql) ?? 0);

    private static Task AddAsync(SqliteDatabase database, IEnumerable<KlantId> klanten) => database.WriteAsync(transaction =>
    {
        foreach (var klant in klanten) SqliteOutboxCommands.Add(transaction, new(klant, "", Actie.Update, Now, null));
    });

    private SqliteDatabase Open() => new(new() { Pad = folder.Database });
}
