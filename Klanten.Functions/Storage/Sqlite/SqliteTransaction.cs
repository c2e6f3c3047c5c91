using System.Runtime.InteropServices;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// What the writes of one transaction share: the session, and the counts that they change. A count is written once, before
/// the transaction ends, however many writes changed it. Not for use by two threads at once.
/// </summary>
internal sealed class SqliteTransaction(SqliteSession session)
{
    private readonly Dictionary<(string Scope, long Block), long> blocks = [];
    private readonly Dictionary<string, long> totals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> numbers = new(StringComparer.Ordinal);

    public SqliteSession Session => session;

    public void Begin()
    {
        Forget();
        session.Execute("BEGIN IMMEDIATE");
    }

    /// <summary>Counts a klant in or out.</summary>
    /// <param name="bronorganisatie">Whose klant it is.</param>
    /// <param name="volgnr">Its place in every list.</param>
    /// <param name="change">1 or -1.</param>
    public void Count(string bronorganisatie, long volgnr, int change)
    {
        foreach (var scope in (ReadOnlySpan<string>)[SqliteSchema.AllKlanten, bronorganisatie])
        {
            Add(totals, scope, change);
            Add(blocks, (scope, volgnr >> SqliteSchema.BlockBits), change);
        }
    }

    /// <summary>A klantnummer was given out: none up to it is given out again.</summary>
    public void RaiseCounter(string bronorganisatie, long number) =>
        numbers[bronorganisatie] = Math.Max(number, numbers.GetValueOrDefault(bronorganisatie));

    /// <summary>Returns when all that was done is durable.</summary>
    public void Commit()
    {
        foreach (var (scope, change) in totals)
            session.Execute("INSERT INTO telling VALUES (?1, ?2) ON CONFLICT DO UPDATE SET aantal = aantal + excluded.aantal", scope, change);
        foreach (var ((scope, block), change) in blocks)
            session.Execute("INSERT INTO blok VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET aantal = aantal + excluded.aantal", scope, block, change);
        foreach (var (bronorganisatie, number) in numbers)
            session.Execute("INSERT INTO teller VALUES (?1, ?2) ON CONFLICT DO UPDATE SET laatste = max(laatste, excluded.laatste)", bronorganisatie, number);
        session.Execute("COMMIT");
    }

    public void Rollback()
    {
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolled back of its own accord, as it does on I/O errors and a full disk.
        }
    }

    private void Forget()
    {
        totals.Clear();
        blocks.Clear();
        numbers.Clear();
    }

    private static void Add<TKey>(Dictionary<TKey, long> counts, TKey key, long change) where TKey : notnull =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) += change;
}
