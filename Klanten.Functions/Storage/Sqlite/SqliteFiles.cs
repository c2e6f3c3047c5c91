using Klanten.Functions.Files;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// The database and its log as SQLite has them open. After a file was deleted, moved or replaced, SQLite goes on with a file
/// that no path leads to: what is written to it is lost with the process.
/// </summary>
/// <param name="path">The database file, open.</param>
internal sealed class SqliteFiles(string path)
{
    private readonly string logPath = path + "-wal";
    private readonly FileIdentity? database = FileIdentity.Read(path);
    private readonly FileIdentity? log = FileIdentity.Read(path + "-wal");

    /// <summary>Whether both paths lead to the files that were there at first.</summary>
    public bool AreInPlace => FileIdentity.Read(path) == database && FileIdentity.Read(logPath) == log;
}
