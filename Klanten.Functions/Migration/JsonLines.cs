using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Klanten.Functions.Migration;

/// <summary>
/// Files of JSON Lines (jsonlines.org): one JSON text on each line. A file whose name ends in .gz is compressed with gzip.
/// </summary>
internal static class JsonLines
{
    /// <summary>Bytes of the longest line that is read. The largest klant takes 405 kB (ADR 24).</summary>
    public const int MaxLineBytes = 4 * 1024 * 1024;

    private const string CompressedEnding = ".gz";

    private const int BufferSize = 64 * 1024;

    public static bool IsCompressed(string path) => path.EndsWith(CompressedEnding, StringComparison.OrdinalIgnoreCase);

    /// <summary>The lines of a stream, without their ends; null in the place of a line that is too long.</summary>
    /// <remarks>A line is never in memory beyond <see cref="MaxLineBytes"/>.</remarks>
    public static async IAsyncEnumerable<byte[]?> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new(bufferSize: BufferSize, leaveOpen: true));
        var tooLong = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                rest = rest.Slice(rest.GetPosition(1, end));
                yield return tooLong || line.Length > MaxLineBytes ? null : line.ToArray();
                tooLong = false;
            }
            if (read.IsCompleted)
            {
                if (tooLong || !rest.IsEmpty) yield return tooLong || rest.Length > MaxLineBytes ? null : rest.ToArray();
                break;
            }
            if (rest.Length > MaxLineBytes)
            {
                tooLong = true;
                rest = rest.Slice(rest.End);
            }
            reader.AdvanceTo(rest.Start, rest.End);
        }
        await reader.CompleteAsync();
    }

    public static Stream Decompress(string path, Stream file) =>
        IsCompressed(path) ? new GZipStream(file, CompressionMode.Decompress) : file;

    public static Stream Compress(string path, Stream file) =>
        IsCompressed(path) ? new GZipStream(file, CompressionLevel.Fastest) : file;
}
