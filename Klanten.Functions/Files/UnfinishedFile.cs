namespace Klanten.Functions.Files;

/// <summary>
/// A file that is being made, in the folder of the one that it becomes, under a name that no other file has. Nothing that was there before
/// is replaced or deleted. Only its owner can read it, because it is about klanten.
/// </summary>
internal sealed class UnfinishedFile : IDisposable
{
    private readonly string destination;

    /// <param name="destination">What it is called when it is complete.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public UnfinishedFile(string destination)
    {
        this.destination = destination;
        Path = $"{destination}.{Guid.NewGuid().ToString("N")[..8]}.part";
        PrivateFile.Open(Path, new() { Mode = FileMode.CreateNew, Access = FileAccess.Write }).Dispose();
    }

    /// <summary>What it is called until then. A process that is killed leaves it.</summary>
    public string Path { get; }

    /// <summary>Makes the content durable, and gives the file its name.</summary>
    /// <param name="cancellationToken">Stops, until the file has its name.</param>
    /// <returns>False when another file has that name by now.</returns>
    public bool TryComplete(CancellationToken cancellationToken)
    {
        DurableFiles.Flush(Path);
        cancellationToken.ThrowIfCancellationRequested();
        return DurableFiles.TryMove(Path, destination);
    }

    public void Dispose() => DatabaseFiles.Delete(Path);
}
