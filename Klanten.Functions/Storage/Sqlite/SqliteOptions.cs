using System.ComponentModel.DataAnnotations;
using Klanten.Functions.Settings;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>Section <c>Klanten:Sqlite</c>.</summary>
public sealed class SqliteOptions : IValidatableObject
{
    /// <summary>The database file. A missing folder is made.</summary>
    public string Pad { get; set; } = "data/klanten.db";

    /// <summary>How long a request waits for a database that another process has locked; then the answer is 503.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Pad))
        {
            yield return new SettingMistake("Klanten:Sqlite:Pad", SettingTexts.Empty);
        }
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromMinutes(1))
        {
            yield return new SettingMistake("Klanten:Sqlite:Timeout", SettingTexts.UpToAMinute.With("00:00:10"));
        }
    }

    /// <summary>The path of the file itself: SQLite keeps its other files beside the file, and not beside a link to it.</summary>
    public string ResolvePath()
    {
        var path = Path.GetFullPath(Pad);
        return new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
    }
}
