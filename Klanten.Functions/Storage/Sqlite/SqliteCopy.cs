using SQLitePCL;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>A copy of a database that no process serves.</summary>
internal static class SqliteCopy
{
    /// <summary>
    /// Checks that the file is a sound store of this program, and gives it a mark of its own, so that no log of another file
    /// continues it.
    /// </summary>
    /// <param name="path">The copy. It is left without a log.</param>
    /// <param name="name">What a refusal calls it.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="StoreRefusedException">It is not sound, or not a store of this program.</exception>
    public static void MakeSound(string path, Text name, CancellationToken cancellationToken)
    {
        try
        {
            using var session = new SqliteSession(path, SessionKind.Single);
            var isCurrent = SqliteSchema.IsCurrent(session);
            if (!isCurrent && SqliteSchema.IsEmpty(session)) throw new StoreRefusedException(SqliteTexts.CopyIsEmpty.With(name));
            var findings = session.RunWhile(
                () => !cancellationToken.IsCancellationRequested, static session => session.Text("PRAGMA integrity_check(1)"));
            if (findings != "ok")
            {
                throw new StoreRefusedException(SqliteTexts.CopyIsDamaged.With(name));
            }
            if (isCurrent) SqliteLogMark.Read(session).Change(session, session.SchemaCookie);
        }
        catch (SqliteException exception)
        {
            throw new StoreRefusedException(exception.PrimaryCode == raw.SQLITE_NOTADB
                ? SqliteTexts.CopyIsNoDatabase.With(name)
                : SqliteTexts.CopyIsUnusable.With(name, SqliteTexts.Describe(exception)));
        }
    }
}
