using System.Text;
using Klanten.Core.Fields;
using Klanten.Core.Model;
using Klanten.Functions.Files;

namespace Klanten.Functions.Migration;

/// <summary>
/// The klanten that an import did not take over, as CSV (RFC 4180): a row for each reason, without any value of the klant but its
/// uuid. Only its owner can read it.
/// </summary>
internal sealed class RefusalReport : IDisposable
{
    private const string Header = "plaats,uuid,veld,code,reden\r\n";

    private readonly FileStream file;

    private RefusalReport(FileStream file) => this.file = file;

    /// <summary>Bytes of what is on disk.</summary>
    public long Length => file.Length;

    /// <param name="path">The file; an earlier report is replaced.</param>
    /// <param name="length">Bytes of it to keep: what an interrupted import had recorded. 0 for a new import.</param>
    /// <exception cref="MigrationException">The file cannot be written, or is something else than a report.</exception>
    public static RefusalReport Open(string path, long length)
    {
        FileStream? file = null;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
            file = PrivateFile.Open(path, options);
            if (!IsReport(file)) throw new MigrationException(MigrationTexts.UnwritableReport.With(MigrationTexts.SomethingElse));
            // After a power failure the file may be shorter than what was recorded.
            file.SetLength(Math.Min(length, file.Length));
            file.Seek(0, SeekOrigin.End);
            var report = new RefusalReport(file);
            if (file.Length == 0) report.Write(Header);
            return report;
        }
        catch (Exception exception)
        {
            file?.Dispose();
            if (exception is not (IOException or UnauthorizedAccessException)) throw;
            throw new MigrationException(MigrationTexts.UnwritableReport.With(SystemFault.Describe(exception)));
        }
    }

    /// <summary>Whether the file begins as a report does, for as far as it goes: a store or a source is not to be emptied.</summary>
    private static bool IsReport(FileStream file)
    {
        if (!file.CanSeek) return false;
        var header = Encoding.UTF8.GetBytes(Header);
        var start = new byte[header.Length];
        return header.AsSpan().StartsWith(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
    }

    public void Add(string place, KlantId? id, IEnumerable<FieldError> errors)
    {
        foreach (var error in errors)
        {
            Write($"{place},{id},{error.Name},{error.Code},{Quote(error.Reason)}\r\n");
        }
    }

    /// <summary>Makes what was added durable.</summary>
    public void Flush() => file.Flush(flushToDisk: true);

    public void Dispose() => file.Dispose();

    private void Write(string text) => file.Write(Encoding.UTF8.GetBytes(text));

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
