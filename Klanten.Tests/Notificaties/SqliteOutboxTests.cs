using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;
using Microsoft.Extensions.Options;

namespace Klanten.Tests.Notificaties;

/// <summary>The outbox of the embedded store.</summary>
public sealed class SqliteOutboxTests : OutboxContract
{
    private readonly TempFolder folder = new();
    private readonly List<SqliteDatabase> databases = [];

    protected override ValueTask<(IKlantStore Store, IOutbox Outbox, IOutboxOverview Overview)> OpenAsync()
    {
        var options = new SqliteOptions { Pad = folder.Database };
        var database = new SqliteDatabase(options);
        databases.Add(database);
        return new((new SqliteKlantStore(database), new SqliteOutbox(database), new SqliteOutboxOverview(Options.Create(options))));
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var database in databases) database.Dispose();
        folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
