using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;
using Microsoft.Extensions.Options;

namespace Klanten.Tests.Notificaties;

/// <summary>The outbox of the embedded store. One process owns its file, so other instances share the database of the first.</summary>
public sealed class SqliteOutboxTests : OutboxContract
{
    private readonly TempFolder folder = new();
    private readonly SqliteOptions options;
    private readonly SqliteDatabase database;

    public SqliteOutboxTests()
    {
        options = new() { Pad = folder.Database };
        database = new(options);
    }

    protected override ValueTask<(IKlantStore Store, IOutbox Outbox, IOutboxOverview Overview)> OpenAsync() =>
        new((new SqliteKlantStore(database), new SqliteOutbox(database), new SqliteOutboxOverview(Options.Create(options))));

    public override ValueTask DisposeAsync()
    {
        database.Dispose();
        folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
