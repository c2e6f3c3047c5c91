using System.Reflection;
using System.Text.RegularExpressions;
using SQLitePCL;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// The right to write to a database file. One process has it at a time: it holds a lock on a file beside the database, which
/// the operating system releases when the process ends, however it ends (ADR 19).
/// </summary>
/// <remarks>
/// The lock file is a database too, with a write transaction that stays open. So SQLite does the locking, on every system and
/// also within one process, and another process can still read who the owner is. The file is never deleted: its successor
/// would be another file, with another lock.
/// </remarks>
internal sealed partial class SqliteOwnership : IDisposable
{
    /// <summary>Appended to the path of the database.</summary>
    public const string Suffix = "-lock";

    private const string Lock = "BEGIN IMMEDIATE";

    /// <summary>Covers the moment in which another process writes its name, or reads that of the owner.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SqliteSession session;

    private SqliteOwnership(SqliteSession session) => this.session = session;

    /// <summary>Takes the ownership of the database until it is disposed of.</summary>
    /// <param name="database">The path of the file itself, not of a link to it.</param>
    /// <param name="clock">Tells the moment that the lock file names.</param>
    /// <exception cref="StoreRefusedException">Another process has it, or the lock file cannot be locked.</exception>
    public static SqliteOwnership Take(string database, TimeProvider clock)
    {
        SqliteSession? session = null;
        try
        {
            session = new(database + Suffix, SessionKind.Lock, Patience);
            session.Script(Lock);
            Sign(session, clock);
            return new(session);
        }
        catch (SqliteException exception)
        {
            var refusal = exception.PrimaryCode == raw.SQLITE_BUSY ? InUse(session) : Unlockable(exception);
            session?.Dispose();
            throw refusal;
        }
    }

    public void Dispose() => session.Dispose();

    /// <summary>Writes who the owner is, and takes the lock again.</summary>
    private static void Sign(SqliteSession session, TimeProvider clock)
    {
        try
        {
            session.Script("CREATE TABLE IF NOT EXISTS owner (description TEXT NOT NULL) STRICT; DELETE FROM owner");
            session.Execute("INSERT INTO owner VALUES (?1)", Describe(clock));
            session.Script("COMMIT");
        }
        catch (SqliteException exception) when (exception.PrimaryCode is raw.SQLITE_FULL or raw.SQLITE_IOERR)
        {
            // On a full disk the name is missing; the lock does not need it.
            session.TryRollback();
        }
        session.Script(Lock);
    }

    private static string Describe(TimeProvider clock)
    {
        var version = typeof(SqliteOwnership).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return SqliteTexts.Owner.With(Environment.ProcessId, version, $"{clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}").ToString();
    }

    private static StoreRefusedException InUse(SqliteSession? session) => new(SqliteTexts.InUse.With(ReadOwner(session)));

    private static StoreRefusedException Unlockable(SqliteException exception) =>
        new(SqliteTexts.NotLockable.With(Suffix, SqliteTexts.Describe(exception)));

    private static Sentence ReadOwner(SqliteSession? session)
    {
        try
        {
            var description = Description().Match(session?.Text("SELECT description FROM owner") ?? "");
            return description.Success
                ? SqliteTexts.Owner.With([.. description.Groups.Values.Skip(1)])
                : SqliteTexts.OwnerUnknown;
        }
        catch (SqliteException)
        {
            return SqliteTexts.OwnerUnknown;
        }
    }

    /// <summary>What <see cref="Describe"/> wrote, in whichever version of the program.</summary>
    [GeneratedRegex("^process ([^,]+), version ([^,]+), since (.+)$")]
    private static partial Regex Description();
}
