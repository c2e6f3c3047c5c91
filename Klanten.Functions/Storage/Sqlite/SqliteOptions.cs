using System.ComponentModel.DataAnnotations;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>Section <c>Klanten:Sqlite</c>.</summary>
public sealed class SqliteOptions
{
    /// <summary>The database file. A missing folder is made.</summary>
    [Required(ErrorMessage = "Klanten:Sqlite:Pad mag niet leeg zijn.")]
    public string Pad { get; set; } = "data/klanten.db";
}
