using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>What a filter compares in the table of klanten.</summary>
/// <param name="Field">The filter.</param>
/// <param name="Column">A column, or an expression.</param>
/// <param name="Index">How it is indexed.</param>
internal sealed record FilterColumn(FilterField Field, string Column, FilterIndex Index);
