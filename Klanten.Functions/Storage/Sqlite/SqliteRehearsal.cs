using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>Makes a database in memory, and looks for a klant in it.</summary>
internal static class SqliteRehearsal
{
    /// <returns>The klant, which is not there.</returns>
    public static StoredKlant? Run()
    {
        using var session = new SqliteSession(":memory:", SessionKind.Plain);
        SqliteSchema.AddIndexes(session);
        return SqliteQueries.Read(session, new KlantId(Guid.NewGuid()));
    }
}
