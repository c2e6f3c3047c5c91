using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// What the jobs of one transaction share: the session, and the counts that they change. A count is written once, before
/// the transaction ends, however many jobs changed it. Not thread-safe.
/// </summary>
/// <param name="session">The session that writes.</param>
/// <param name="hot">The klanten in memory, which a transaction that changes them takes out.</param>
internal sealed class SqliteTransaction(SqliteSession session, HotKlanten hot)
{
    private const string AddToCount =
        """
        INSERT INTO klant_count (bronorganisatie, count, last_number) VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET count = count + excluded.count, last_number = max(last_number, excluded.last_number)
        """;

    private const string AddToOutboxCount =
        """
        INSERT INTO outbox_count (state, count) VALUES (?1, ?2)
        ON CONFLICT DO UPDATE SET count = count + excluded.count
        """;

    private readonly SqliteBlocks blocks = new();
    private readonly SqliteWords words = new();
    private readonly Dictionary<string, long> lastNumbers = new(StringComparer.Ordinal);
    private readonly HashSet<KlantId> changed = [];
    private long waiting;
    private long parked;

    private SqliteLogMark mark = SqliteLogMark.Read(session);
    private uint schemaCookie;
    private long? dataVersion;
    private long changesBefore;

    public SqliteSession Session => session;

    public void Begin()
    {
        Clear();
        session.Execute("BEGIN IMMEDIATE");
        NoticeOtherWriters();
        schemaCookie = session.SchemaCookie;
        changesBefore = session.TotalChanges;
    }

    /// <summary>Forgets the klanten in memory when another program, such as sqlite3, has written to the file.</summary>
    /// <remarks>Only the commits of other connections change the data version (sqlite.org/pragma.html#pragma_data_version).</remarks>
    public void NoticeOtherWriters()
    {
        var version = session.Number("PRAGMA data_version");
        if (version != dataVersion) hot.Clear();
        dataVersion = version;
    }

    /// <summary>Records that the klant was changed or removed.</summary>
    public void AddChanged(KlantId id) => changed.Add(id);

    /// <summary>Adds to the count of the bronorganisatie and to that of all klanten.</summary>
    /// <param name="bronorganisatie">The bronorganisatie that the klant belongs to.</param>
    /// <param name="sequence">The klant's place in every list.</param>
    /// <param name="change">1 or -1.</param>
    public void AddToCounts(string bronorganisatie, long sequence, int change) => blocks.Add(bronorganisatie, sequence, change);

    /// <inheritdoc cref="SqliteWords.Add"/>
    public void AddToWords(long sequence, string before, string after) => words.Add(sequence, before, after);

    /// <summary>Adds to the counts of the outbox: of the entries that wait, and of those that are parked.</summary>
    public void AddToOutbox(long waiting = 0, long parked = 0)
    {
        this.waiting += waiting;
        this.parked += parked;
    }

    /// <summary>Records that klantnummers up to this one were generated, so that none of them is generated again.</summary>
    public void RaiseCounter(string bronorganisatie, long number) =>
        lastNumbers[bronorganisatie] = Math.Max(number, lastNumbers.GetValueOrDefault(bronorganisatie));

    /// <summary>Returns when the transaction is durable.</summary>
    public void Commit()
    {
        var totals = blocks.Totals;
        foreach (var scope in totals.Keys.Union(lastNumbers.Keys))
        {
            session.Execute(AddToCount, scope, totals.GetValueOrDefault(scope), lastNumbers.GetValueOrDefault(scope));
        }
        blocks.Save(session);
        words.Save(session);
        if (waiting != 0) session.Execute(AddToOutboxCount, "waiting", waiting);
        if (parked != 0) session.Execute(AddToOutboxCount, "parked", parked);
        // A transaction that changes nothing writes nothing, and its COMMIT costs no fsync.
        var next = session.TotalChanges == changesBefore ? mark : mark.Change(session, schemaCookie);
        hot.BeginChange(changed);
        try
        {
            session.Execute("COMMIT");
        }
        finally
        {
            hot.EndChange();
        }
        mark = next;
    }

    public void Rollback() => session.TryRollback();

    private void Clear()
    {
        blocks.Clear();
        words.Clear();
        lastNumbers.Clear();
        changed.Clear();
        (waiting, parked) = (0, 0);
    }
}
