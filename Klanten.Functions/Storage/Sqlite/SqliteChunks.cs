using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>A page of klanten, as one read transaction found it.</summary>
/// <param name="Count">The number of klanten in the list.</param>
/// <param name="Number">The number of the page, from 1.</param>
/// <param name="Klanten">The klanten of the page.</param>
internal sealed record SqlitePage(long Count, int Number, SqliteKlanten Klanten);

/// <summary>Klanten of a page that were read at once.</summary>
/// <param name="Klanten">The klanten, up to the size of a chunk.</param>
/// <param name="Bytes">Where the JSON of the klanten is.</param>
/// <param name="Rest">The klanten of the page that are still to be read. Not by sequence: SQLite may give it to a new klant.</param>
internal readonly record struct SqliteKlanten(List<StoredKlant> Klanten, PooledBytes Bytes, ReadOnlyMemory<KlantId> Rest = default);

/// <summary>Entries of an audit trail that were read at once.</summary>
/// <param name="Entries">The entries, up to the size of a chunk.</param>
/// <param name="Last">The <c>audit.sequence</c> of the last of them.</param>
/// <param name="End">The <c>audit.sequence</c> of the last entry of the trail, as it was when the first chunk was read.</param>
internal sealed record SqliteTrail(List<AuditEntry> Entries, long Last, long End);
