using Klanten.Core.Ports;
using Klanten.Functions.Files;

namespace Klanten.Functions.Migration;

/// <summary>Writes all klanten of a store to a file of JSON Lines: each klant as klant_list gives it, with its uuid for its url.</summary>
internal static class ExportFile
{
    private const int BufferSize = 256 * 1024;

    /// <summary>Makes the file. Under its own name it appears only when it is complete; only its owner can read it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="path">The file, which must not exist.</param>
    /// <param name="written">Is told the number of klanten so far, after each.</param>
    /// <param name="cancellationToken">Stops, and leaves nothing behind.</param>
    /// <returns>The number of klanten in it.</returns>
    /// <exception cref="MigrationException">The file exists.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static async Task<long> WriteAsync(IKlantExport store, string path, Action<long> written, CancellationToken cancellationToken)
    {
        if (Path.Exists(path)) throw new MigrationException(MigrationTexts.ExportExists);
        using var unfinished = new UnfinishedFile(path);
        long count;
        await using (var file = new FileStream(unfinished.Path, FileMode.Open, FileAccess.Write, FileShare.None, BufferSize))
        {
            await using (var lines = JsonLines.Compress(path, file))
            {
                count = await WriteAsync(store, lines, written, cancellationToken);
            }
        }
        if (!unfinished.TryComplete(cancellationToken)) throw new MigrationException(MigrationTexts.ExportExists);
        return count;
    }

    private static async Task<long> WriteAsync(
        IKlantExport store, Stream lines, Action<long> written, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var klant in store.ReadAllAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(lines, klant);
            written(++count);
        }
        return count;
    }

    private static void Write(Stream lines, StoredKlant klant)
    {
        lines.Write("{\"uuid\":\""u8);
        Span<byte> id = stackalloc byte[36];
        klant.Id.Value.TryFormat(id, out _);
        lines.Write(id);
        lines.Write("\","u8);
        // The stored object without its "{" follows.
        lines.Write(klant.Json.Span[1..]);
        lines.Write("\n"u8);
    }
}
