using Klanten.Core.Ports;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>The outbox of the embedded store for a command: a read-only connection, beside the program that owns the file.</summary>
internal sealed class SqliteOutboxOverview(IOptions<SqliteOptions> options) : IOutboxOverview
{
    /// <exception cref="SqliteException">The file cannot be opened or is no database.</exception>
    /// <exception cref="InvalidOperationException">The file has another schema.</exception>
    public ValueTask<(OutboxStatus Status, IReadOnlyList<OutboxLine> Oldest)> ReadAsync(int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var session = new SqliteSession(options.Value.ResolvePath(), SessionKind.Reader);
        if (session.Number("PRAGMA user_version") is var version && version != SqliteSchema.Version)
        {
            throw new InvalidOperationException(
                $"The database has schema version {version}; this command reads version {SqliteSchema.Version}.");
        }
        session.Script("BEGIN");
        return ValueTask.FromResult((SqliteOutboxQueries.Status(session), SqliteOutboxQueries.Lines(session, count)));
    }
}
