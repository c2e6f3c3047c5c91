namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// A file beside the database that only occupies room. It is given up when the disk is full, so that the log can still be
/// copied into the database, klanten can be deleted and the program can start (ADR 20).
/// </summary>
/// <param name="database">The path of the database.</param>
internal sealed class SqliteReserve(string database)
{
    /// <summary>Appended to the path of the database.</summary>
    public const string Suffix = "-reserve";

    /// <summary>Bytes.</summary>
    public const int Size = 2 * 1024 * 1024;

    private const int BlockSize = 64 * 1024;

    private readonly string path = database + Suffix;

    /// <summary>Whether the reserve is there; makes it when it is not.</summary>
    public bool TryKeep()
    {
        if (new FileInfo(path) is { Exists: true, Length: Size }) return true;
        try
        {
            Write();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryGiveUp();
            return false;
        }
    }

    /// <summary>Removes the reserve; false when that is not possible.</summary>
    public bool TryGiveUp()
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <remarks>Real zeros: a file that is only extended occupies nothing.</remarks>
    private void Write()
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var block = new byte[BlockSize];
        for (var written = 0; written < Size; written += BlockSize) file.Write(block);
        file.Flush(flushToDisk: true);
    }
}
