using Klanten.Core.Model;
using Klanten.Functions.Files;
using Klanten.Functions.Storage.Sqlite;

namespace Klanten.Functions.Migration;

/// <summary>How far an import is, and which uuids it has met.</summary>
/// <param name="Pass">The number of times that the source is being read, from 1.</param>
/// <param name="Position">Where the next part of the source begins.</param>
/// <param name="Count">How many klanten the source said it has, in this pass; null when it did not say.</param>
/// <param name="Steady">Whether it has said the same in the whole pass.</param>
/// <param name="Added">The number of klanten that were added.</param>
/// <param name="Present">The number that were in the store already.</param>
/// <param name="Refused">The number that were not taken over.</param>
/// <param name="ReportLength">Bytes of the report that belong to what was done.</param>
internal sealed record ImportState(
    int Pass, long Position, long? Count, bool Steady, long Added, long Present, long Refused, long ReportLength)
{
    public static ImportState Start { get; } = new(1, 0, null, true, 0, 0, 0, 0);
}

/// <summary>
/// The file in which an import keeps how far it is, so that it goes on there after any end, SIGKILL included. It holds the address of
/// the source and the uuids of klanten, and is deleted when the import is complete.
/// </summary>
/// <remarks>
/// It is a SQLite database: a part is recorded whole or not at all, and the uuids need no memory. An exclusive lock keeps a second
/// import away.
/// </remarks>
internal sealed class ImportProgress : IDisposable
{
    /// <summary>
    /// A power failure may take the last parts away, which is harmless: they are read again, and their klanten are present then.
    /// </summary>
    private static readonly SessionKind Kind = SessionKind.Plain with
    {
        Pragmas = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000",
    };

    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS import (identity TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS state (
            pass INTEGER NOT NULL, position INTEGER NOT NULL, count INTEGER, steady INTEGER NOT NULL,
            added INTEGER NOT NULL, present INTEGER NOT NULL, refused INTEGER NOT NULL, report_length INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE IF NOT EXISTS met (id BLOB PRIMARY KEY, pass INTEGER NOT NULL, refused INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """;

    /// <summary>A database with others is a store, a backup or of another program; an import deletes its progress at its end.</summary>
    private const string OtherTables =
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('import', 'state', 'met')";

    private readonly string path;
    private readonly SqliteSession session;

    private ImportProgress(string path, SqliteSession session, ImportState state, bool resumes) =>
        (this.path, this.session, State, Resumes) = (path, session, state, resumes);

    public ImportState State { get; private set; }

    /// <summary>Whether an earlier run was interrupted, with which this one goes on.</summary>
    public bool Resumes { get; }

    /// <param name="path">The file.</param>
    /// <param name="identity">The source and the store; an interrupted import of another identity is not touched.</param>
    /// <exception cref="MigrationException">The file is in use, of another import, or something else.</exception>
    public static ImportProgress Open(string path, string identity)
    {
        SqliteSession? session = null;
        try
        {
            session = new(path, Kind, TimeSpan.Zero);
            if (session.Number(OtherTables) > 0)
            {
                throw new MigrationException(
                    MigrationTexts.UnusableProgress.With(Path.GetFileName(path), MigrationTexts.SomethingElse));
            }
            session.Script(Schema);
            var earlier = session.Text("SELECT identity FROM import");
            if (earlier is not null && earlier != identity)
            {
                throw new MigrationException(MigrationTexts.ProgressOfAnother.With(Path.GetFileName(path), earlier));
            }
            if (earlier is null) session.Execute("INSERT INTO import (identity) VALUES (?1)", identity);
            var state = Read(session);
            return new(path, session, state ?? ImportState.Start, state is not null);
        }
        catch (Exception exception)
        {
            session?.Dispose();
            if (exception is SqliteException fault)
            {
                throw new MigrationException(
                    MigrationTexts.UnusableProgress.With(Path.GetFileName(path), SqliteTexts.Describe(fault)));
            }
            throw;
        }
    }

    /// <summary>Whether the klant was refused when it was met last; null when this import has not met it.</summary>
    public bool? WasRefused(KlantId id) =>
        session.Number("SELECT refused FROM met WHERE id = ?1", id.Value) is { } refused ? refused == 1 : null;

    /// <summary>The number of different klanten that were met in this pass.</summary>
    public long CountMet() => session.Number("SELECT count(*) FROM met WHERE pass = ?1", State.Pass) ?? 0;

    /// <summary>Records a part.</summary>
    /// <param name="state">How far the import is after it.</param>
    /// <param name="met">The klanten in it, and whether they were refused.</param>
    public void Record(ImportState state, IEnumerable<(KlantId Id, bool Refused)> met)
    {
        session.Execute("BEGIN IMMEDIATE");
        foreach (var (id, refused) in met)
        {
            session.Execute("INSERT OR REPLACE INTO met (id, pass, refused) VALUES (?1, ?2, ?3)", id.Value, state.Pass, refused ? 1 : 0);
        }
        session.Execute("DELETE FROM state");
        session.Execute(
            "INSERT INTO state VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            state.Pass, state.Position, state.Count, state.Steady ? 1 : 0, state.Added, state.Present, state.Refused, state.ReportLength);
        session.Execute("COMMIT");
        State = state;
    }

    /// <summary>Closes the file and deletes it: the import is complete.</summary>
    public void Complete()
    {
        session.Dispose();
        DatabaseFiles.Delete(path);
    }

    public void Dispose() => session.Dispose();

    private static ImportState? Read(SqliteSession session)
    {
        using var row = session.Prepare("SELECT * FROM state");
        return row.Step()
            ? new(
                (int)row.Int64(0), row.Int64(1), row.IsNull(2) ? null : row.Int64(2), row.Int64(3) == 1,
                row.Int64(4), row.Int64(5), row.Int64(6), row.Int64(7))
            : null;
    }
}
