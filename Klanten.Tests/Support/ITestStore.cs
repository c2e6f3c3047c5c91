namespace Klanten.Tests.Support;

/// <summary>A store that the tests run on: empty at the start, gone at the end.</summary>
public interface ITestStore : IAsyncLifetime
{
    /// <summary>The configuration of a program that uses it.</summary>
    IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>Another store of the same kind, as empty as this one was.</summary>
    ITestStore Another();
}

/// <summary>A database file in a folder of its own.</summary>
public sealed class SqliteFile : ITestStore
{
    private readonly TempFolder folder = new();

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Klanten:Opslag"] = "Sqlite",
        ["Klanten:Sqlite:Pad"] = folder.Database,
    };

    public ITestStore Another() => new SqliteFile();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
