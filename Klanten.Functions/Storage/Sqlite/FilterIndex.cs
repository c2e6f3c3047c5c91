namespace Klanten.Functions.Storage.Sqlite;

/// <summary>How the column of a filter is indexed.</summary>
internal enum FilterIndex
{
    /// <summary>Not: the filter leads to many klanten.</summary>
    None,

    /// <summary>By itself.</summary>
    Alone,

    /// <summary>In the full-text index, together with the others of this kind.</summary>
    Words,

    /// <summary>Together with the bronorganisatie, so that a klant of one bronorganisatie is one entry.</summary>
    WithBronorganisatie,
}
