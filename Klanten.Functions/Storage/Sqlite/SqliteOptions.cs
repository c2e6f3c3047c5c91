using System.ComponentModel.DataAnnotations;
using Klanten.Functions.Files;
using Klanten.Functions.Settings;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>Section <c>Klanten:Sqlite</c>.</summary>
public sealed class SqliteOptions : IValidatableObject
{
    private const string PathKey = "Klanten:Sqlite:Pad";

    /// <summary>The database file. A missing folder is made.</summary>
    public string Pad { get; set; } = "data/klanten.db";

    /// <summary>How long a request waits for a database that another process has locked; then the answer is 503.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Pad))
        {
            yield return new SettingMistake(PathKey, SettingTexts.Empty);
        }
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromMinutes(1))
        {
            yield return new SettingMistake("Klanten:Sqlite:Timeout", SettingTexts.UpToAMinute.With("00:00:10"));
        }
    }

    /// <summary>The path of the file itself: SQLite keeps its other files beside the file, and not beside a link to it.</summary>
    /// <exception cref="StoreRefusedException">It can be no file, such as a folder or a device.</exception>
    public string ResolvePath()
    {
        var file = NamedFile.Create(PathKey, Pad);
        if ((file.FindFault() ?? file.FindFaultOfFolder(makesFolders: true)) is { } fault) throw new StoreRefusedException(fault);
        return file.Path;
    }

    /// <summary>All files that the store has, or may have at some moment.</summary>
    internal NamedFile FindFiles()
    {
        var path = ResolvePath();
        string[] databases =
            [path, path + SqliteOwnership.Suffix, path + SqliteRestore.Restored, path + SqliteRestore.Previous];
        return new(PathKey, path) { Parts = [.. databases.SelectMany(DatabaseFiles.Of), path + SqliteReserve.Suffix] };
    }
}
