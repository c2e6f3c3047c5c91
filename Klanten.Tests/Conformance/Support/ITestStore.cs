namespace Klanten.Tests.Conformance.Support;

/// <summary>A store that the tests run on: empty at the start, gone at the end.</summary>
public interface ITestStore : IAsyncLifetime
{
    /// <summary>What the program must be told to use it.</summary>
    IDictionary<string, string?> Settings { get; }

    /// <summary>Another store of the same kind, as empty as this one was.</summary>
    ITestStore Another();
}

/// <summary>A database file in a folder of its own.</summary>
public sealed class SqliteFile : ITestStore
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("klanten-");

    public IDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Klanten:Opslag"] = "Sqlite",
        ["Klanten:Sqlite:Pad"] = Path.Combine(folder.FullName, "klanten.db"),
    };

    public ITestStore Another() => new SqliteFile();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
