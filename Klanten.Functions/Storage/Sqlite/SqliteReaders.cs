namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// The sessions that read. Each keeps its read transaction for the next query, until something changes: to begin and end one takes two
/// locks on the file, at which all readers of the process wait for each other (unixShmLock).
/// </summary>
/// <param name="path">The database file.</param>
/// <param name="patience">How long to wait for another process that has the file locked.</param>
/// <param name="hot">Tells of changes.</param>
internal sealed class SqliteReaders(string path, TimeSpan patience, HotKlanten hot) : IDisposable
{
    /// <summary>A session that was not used for as long as this, or at most twice as long, is closed.</summary>
    public static readonly TimeSpan Idleness = TimeSpan.FromSeconds(10);

    /// <summary>Longer than any query but a scan.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(10);

    private readonly object gate = new();
    private readonly List<Reader> idle = [];
    private int reading;

    /// <summary>The readers at the beginning of <see cref="idle"/> that were not taken since the last <see cref="CloseUnused"/>.</summary>
    private int unused;

    /// <summary>Of those that read, the ones that began before the last <see cref="EndTransactions"/>.</summary>
    private int ending;

    /// <summary>Counts the calls of <see cref="EndTransactions"/>.</summary>
    private int turn;

    /// <summary>Runs a query, which sees every change that was answered.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public T Read<TArgument, T>(Func<SqliteSession, TArgument, T> query, TArgument argument)
    {
        var reader = Take();
        var succeeded = false;
        try
        {
            var result = query(reader.SessionAt(hot.Moment), argument);
            succeeded = true;
            return result;
        }
        finally
        {
            if (!succeeded || reader.Moment != hot.Moment) reader.End();
            Return(reader);
        }
    }

    /// <summary>
    /// Ends the transactions that are kept, and waits a moment for those in use. The log is copied only up to what the oldest of them
    /// reads, and starts again only when none reads from it (sqlite.org/wal.html, 2.2); one that begins when all was copied does not.
    /// </summary>
    public void EndTransactions()
    {
        lock (gate)
        {
            turn++;
            ending = reading;
            foreach (var reader in idle) reader.End();
            var until = Environment.TickCount64 + (long)MaxWait.TotalMilliseconds;
            while (ending > 0 && until - Environment.TickCount64 is > 0 and var left) Monitor.Wait(gate, (int)left);
        }
    }

    /// <summary>
    /// Closes the sessions that no query took since the last call. Each maps the file, and its part of that counts as resident memory of
    /// the program.
    /// </summary>
    public void CloseUnused()
    {
        lock (gate)
        {
            foreach (var reader in idle[..unused]) reader.Dispose();
            idle.RemoveRange(0, unused);
            unused = idle.Count;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var reader in idle) reader.Dispose();
            idle.Clear();
            unused = 0;
        }
    }

    private Reader Take()
    {
        lock (gate)
        {
            var reader = idle.Count > 0 ? TakeLast() : new(path, patience);
            reader.Turn = turn;
            reading++;
            return reader;
        }
    }

    /// <summary>The one that was used last, so that those that are not needed stay at the beginning.</summary>
    private Reader TakeLast()
    {
        var reader = idle[^1];
        idle.RemoveAt(idle.Count - 1);
        unused = Math.Min(unused, idle.Count);
        return reader;
    }

    private void Return(Reader reader)
    {
        lock (gate)
        {
            reading--;
            idle.Add(reader);
            if (reader.Turn == turn) return;
            reader.End();
            ending--;
            if (ending == 0) Monitor.PulseAll(gate);
        }
    }

    private sealed class Reader(string path, TimeSpan patience) : IDisposable
    {
        private SqliteSession? session;

        /// <summary>The turn in which it was taken.</summary>
        public int Turn { get; set; }

        /// <summary><see cref="HotKlanten.Moment"/> from before its transaction began; null when it has none.</summary>
        public long? Moment { get; private set; }

        /// <summary>The session, in a transaction of this moment; in none when there is no moment.</summary>
        public SqliteSession SessionAt(long? moment)
        {
            session ??= new(path, patience: patience);
            if (Moment == moment) return session;
            End();
            if (moment is not null) session.Execute("BEGIN");
            Moment = moment;
            return session;
        }

        public void End()
        {
            if (Moment is null) return;
            Moment = null;
            session!.TryRollback();
        }

        public void Dispose() => session?.Dispose();
    }
}
