namespace Klanten.Functions.Storage.Sqlite;

/// <summary>Opens the embedded store for a command that only reads, beside the program that owns the file.</summary>
internal static class SqliteReadOnly
{
    /// <param name="path">The database file.</param>
    /// <param name="missing">What is told when there is no such file.</param>
    /// <exception cref="StoreRefusedException">There is no database, or it has another schema.</exception>
    public static SqliteSession Open(string path, Text missing)
    {
        if (!File.Exists(path)) throw new StoreRefusedException(missing);
        SqliteSession? session = null;
        try
        {
            session = new(path, SessionKind.Reader);
            if (!SqliteSchema.IsCurrent(session)) throw new StoreRefusedException(SqliteTexts.SchemaOlder);
            return session;
        }
        catch (Exception exception)
        {
            session?.Dispose();
            if (exception is SqliteException fault)
            {
                throw new StoreRefusedException(SqliteTexts.Unreadable.With(SqliteTexts.Describe(fault)));
            }
            throw;
        }
    }
}
