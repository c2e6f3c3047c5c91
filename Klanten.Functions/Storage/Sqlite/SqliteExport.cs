using Klanten.Core.Ports;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// Reads the whole embedded store by a read-only connection, beside the program that owns the file. Between two parts it holds no
/// read transaction, which would keep the log from starting again.
/// </summary>
internal sealed class SqliteExport(IOptions<SqliteOptions> options) : IKlantExport
{
    private const int KlantenInPart = 500;

    public ValueTask<long> CountAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var session = Open();
        return ValueTask.FromResult(SqliteQueries.Count(session));
    }

    public IAsyncEnumerable<StoredKlant> ReadAllAsync(CancellationToken cancellationToken) =>
        ReadAll(cancellationToken).ToAsyncEnumerable();

    private IEnumerable<StoredKlant> ReadAll(CancellationToken cancellationToken)
    {
        using var session = Open();
        for (var place = 0L; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (var klanten, place) = SqliteQueries.ReadAfter(session, place, KlantenInPart);
            if (klanten.Count == 0) yield break;
            foreach (var klant in klanten) yield return klant;
        }
    }

    private SqliteSession Open() => SqliteReadOnly.Open(options.Value.ResolvePath(), SqliteTexts.NothingToExport);
}
