using System.Globalization;
using System.Runtime.CompilerServices;
using Klanten.Core.Fields;

namespace Klanten.Functions.Migration;

/// <summary>The klanten in a file that <c>exporteer</c> made, or in one of the same form. Positions are lines.</summary>
internal sealed class FileSource : IImportSource
{
    private const int MaxKlantenInPart = 500;

    /// <summary>Bytes of the lines of a part, and one line more.</summary>
    private const long MaxBytesInPart = 8 * 1024 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly string path;

    /// <exception cref="MigrationException">There is no such file.</exception>
    public FileSource(string path)
    {
        this.path = Path.GetFullPath(path);
        var file = new FileInfo(this.path);
        if (!file.Exists) throw new MigrationException(MigrationTexts.NoSource);
        Identity = string.Create(CultureInfo.InvariantCulture, $"{this.path} ({file.Length} bytes)");
    }

    public string Identity { get; }

    public string Name => Path.GetFileName(path);

    public async IAsyncEnumerable<ImportPart> ReadAsync(long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = Open();
        await using var lines = JsonLines.Decompress(path, file);
        var klanten = new List<SourceKlant>();
        var (number, bytes) = (0L, 0L);
        await using var reader = JsonLines.ReadAsync(lines, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(reader))
        {
            number++;
            if (number <= position || reader.Current is { } blank && IsBlank(blank)) continue;
            klanten.Add(Read(number, reader.Current));
            bytes += reader.Current?.Length ?? 0;
            if (klanten.Count < MaxKlantenInPart && bytes < MaxBytesInPart) continue;
            yield return new([.. klanten], number, file.Length == 0 ? 1 : (double)file.Position / file.Length, null);
            klanten.Clear();
            bytes = 0;
        }
        yield return new(klanten, number, 1, null);
    }

    private FileStream Open()
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MigrationException(MigrationTexts.Unreadable.With(SystemFault.Describe(exception)));
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<byte[]?> lines)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new MigrationException(MigrationTexts.UnreadableEnd.With(SystemFault.Describe(exception)));
        }
    }

    private static SourceKlant Read(long number, byte[]? line)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"regel {number}");
        if (line is null)
        {
            return SourceKlant.Unreadable(place, FieldError.TooLong(FieldError.NonField, JsonLines.MaxLineBytes));
        }
        // RFC 8259, 8.1 lets a reader ignore a byte order mark, which some editors write.
        var json = number == 1 && line.AsSpan().StartsWith(ByteOrderMark) ? line.AsSpan(ByteOrderMark.Length) : line;
        return SourceJson.Parse(json) is { } klant
            ? SourceKlant.Read(place, klant)
            : SourceKlant.Unreadable(place, new(FieldError.NonField, "geen-json", "De regel is geen JSON."));
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;
}
