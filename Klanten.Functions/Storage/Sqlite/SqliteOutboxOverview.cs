using Klanten.Core.Ports;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>The outbox of the embedded store for a command: a read-only connection, beside the program that owns the file.</summary>
internal sealed class SqliteOutboxOverview(IOptions<SqliteOptions> options) : IOutboxOverview
{
    /// <inheritdoc cref="SqliteReadOnly.Open" path="/exception"/>
    public ValueTask<(OutboxStatus Status, IReadOnlyList<OutboxLine> Oldest)> ReadAsync(int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var session = SqliteReadOnly.Open(options.Value.ResolvePath(), SqliteTexts.NoOutbox);
        session.Script("BEGIN");
        return ValueTask.FromResult((SqliteOutboxQueries.Status(session), SqliteOutboxQueries.Lines(session, count)));
    }
}
