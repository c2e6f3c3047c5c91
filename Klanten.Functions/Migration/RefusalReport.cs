using System.Text;
using Klanten.Core.Fields;
using Klanten.Core.Model;

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

    /// <param name="path">The file; an earlier one is replaced.</param>
    /// <param name="length">Bytes of it to keep: what an interrupted import had recorded. 0 for a new import.</param>
    /// <exception cref="MigrationException">The file cannot be written.</exception>
    public static RefusalReport Open(string path, long length)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
            var file = PrivateFile.Open(path, options);
            // After a power failure the file may be shorter than what was recorded.
            file.SetLength(Math.Min(length, file.Length));
            file.Seek(0, SeekOrigin.End);
            var report = new RefusalReport(file);
            if (file.Length == 0) report.Write(Header);
            return report;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MigrationException(MigrationTexts.UnwritableReport.With(SystemFault.Describe(exception)));
        }
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
