using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>Makes a database in memory, and asks it for a klant and a list.</summary>
internal static class SqliteRehearsal
{
    /// <returns>The number of klanten in it, 0.</returns>
    public static long Run()
    {
        using var session = new SqliteSession(":memory:", SessionKind.Plain);
        SqliteSchema.AddIndexes(session);
        SqliteQueries.Read(session, new(Guid.NewGuid()));
        var page = SqliteQueries.List(session, KlantFilter.None, PageRequest.First)!;
        page.Klanten.Bytes.Dispose();
        return page.Count;
    }
}
