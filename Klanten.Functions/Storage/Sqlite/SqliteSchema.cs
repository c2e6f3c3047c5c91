using Klanten.Core.Model;
using SQLitePCL;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>Schema.sql: how a file gets it, which files are refused, and the columns that klanten are found by.</summary>
internal static class SqliteSchema
{
    /// <summary>In the place of a bronorganisatie: the count of all klanten.</summary>
    public const string AllKlanten = "";

    /// <summary>
    /// The file's <c>user_version</c>. Files of before the first release have 1 or 2 and Dutch names. 3 had the outbox in one table, see
    /// <see cref="MoveOutbox"/>; the programs that made it know no lock and refuse 4, so that none of them writes beside this one (ADR 19).
    /// Up to 4 the last numbers had a table of their own, see <see cref="MoveLastNumbers"/>. Up to 5 the index of a key
    /// had no bronorganisatie. Up to 6 there were blocks of one size, see <see cref="SqliteBlocks"/>. Up to 7 each field of
    /// <see cref="SqliteWords"/> had an index of its own.
    /// </summary>
    public const int Version = 8;

    /// <summary>The file's <c>application_id</c> ("KLNT"): only files of this program have it (sqlite.org/pragma.html).</summary>
    public const int ApplicationId = 0x4B4C4E54;

    private const int VersionWithoutLock = 3;

    /// <summary>Keys have the indexes that they have now.</summary>
    private const int VersionWithKeys = 6;

    private const string MoveLastNumbers =
        """
        ALTER TABLE klant_count ADD COLUMN last_number INTEGER NOT NULL DEFAULT 0;
        INSERT INTO klant_count (bronorganisatie, count, last_number) SELECT bronorganisatie, 0, last FROM klantnummer_counter WHERE true
        ON CONFLICT DO UPDATE SET last_number = excluded.last_number;
        DROP TABLE klantnummer_counter;
        """;

    /// <summary>
    /// Every sequence passes through <c>outbox</c>, so that AUTOINCREMENT does not give one of a parked notification to a new one.
    /// </summary>
    private const string MoveOutbox =
        """
        INSERT INTO outbox (sequence, klant, hoofd_object, actie, aanmaakdatum, subject_type, attempts, not_before, head)
        SELECT sequence, klant, hoofd_object, actie, aanmaakdatum, subject_type, attempts, not_before, 0 FROM notificatie;
        INSERT INTO parked (sequence, klant, hoofd_object, actie, aanmaakdatum, subject_type, attempts)
        SELECT sequence, klant, hoofd_object, actie, aanmaakdatum, subject_type, attempts FROM notificatie WHERE parked = 1;
        DELETE FROM outbox WHERE sequence IN (SELECT sequence FROM parked);
        UPDATE outbox SET head = 1 WHERE sequence IN (SELECT min(sequence) FROM outbox GROUP BY klant);
        INSERT INTO outbox_count (state, count)
        VALUES ('waiting', (SELECT count(*) FROM outbox)), ('parked', (SELECT count(*) FROM parked));
        DROP TABLE notificatie;
        """;

    /// <summary>
    /// The column of each filter, the most selective first: a query is driven by the index of the first column it names.
    /// Columns without an index only narrow a result.
    /// </summary>
    public static readonly IReadOnlyList<FilterColumn> FilterColumns =
    [
        new(FilterFields.InpBsn, "inp_bsn", FilterIndex.WithBronorganisatie),
        new(FilterFields.AnpIdentificatie, "anp_identificatie", FilterIndex.WithBronorganisatie),
        new(FilterFields.InpANummer, "inp_a_nummer", FilterIndex.WithBronorganisatie),
        new(FilterFields.InnNnpId, "inn_nnp_id", FilterIndex.WithBronorganisatie),
        new(FilterFields.AnnIdentificatie, "ann_identificatie", FilterIndex.WithBronorganisatie),
        new(FilterFields.VestigingsNummer, "vestigings_nummer", FilterIndex.WithBronorganisatie),
        new(FilterFields.Klantnummer, "klantnummer", FilterIndex.WithBronorganisatie), // the unique index
        new(FilterFields.Subject, "subject", FilterIndex.WithBronorganisatie),
        new(FilterFields.Emailadres, "emailadres", FilterIndex.Words),
        new(FilterFields.Telefoonnummer, "telefoonnummer", FilterIndex.Words),
        new(FilterFields.Bedrijfsnaam, "bedrijfsnaam", FilterIndex.Words),
        new(FilterFields.Achternaam, "achternaam", FilterIndex.Words),
        new(FilterFields.Postcode, "postcode", FilterIndex.Words),
        new(FilterFields.Bronorganisatie, "bronorganisatie", FilterIndex.Alone),
        new(FilterFields.Straatnaam, "straatnaam", FilterIndex.None),
        new(FilterFields.Woonplaatsnaam, "woonplaatsnaam", FilterIndex.None),
        new(FilterFields.Landcode, "landcode", FilterIndex.None),
        new(FilterFields.Functie, "functie", FilterIndex.None),
        new(FilterFields.Type, "subject_type", FilterIndex.None),
    ];

    /// <summary>
    /// The date of birth in the JSON, on which Open Klant 1.x filters. It has no column: files of every age have it here, and only an
    /// application with that dialect asks for it.
    /// </summary>
    public const string Geboortedatum = "json_extract(CAST(json AS TEXT), '$.subjectIdentificatie.geboortedatum')";

    /// <summary>
    /// What each filter compares, in the same order. Bronorganisatie comes last of those with an index, because one may have all klanten.
    /// </summary>
    public static readonly IReadOnlyList<FilterColumn> Conditions =
    [
        .. FilterColumns.TakeWhile(column => column.Field != FilterFields.Bronorganisatie),
        .. FilterFields.Geboortedatum.Select(field => new FilterColumn(field, Geboortedatum, FilterIndex.Alone)),
        .. FilterColumns.SkipWhile(column => column.Field != FilterFields.Bronorganisatie),
    ];

    private static readonly string Script = EmbeddedText.Read("Schema.sql");

    /// <summary>Gives a new or an older file the schema, in one transaction, while no other process has the file open.</summary>
    /// <param name="path">The database file, which this process owns.</param>
    /// <param name="patience">How long to wait for another process that has the file locked.</param>
    /// <param name="faults">Logs that an older file is converted.</param>
    /// <exception cref="StoreRefusedException">It has another schema, or another process has it open; nothing was changed.</exception>
    public static void Prepare(string path, TimeSpan patience, SqliteFaults faults)
    {
        long version;
        using (var session = new SqliteSession(path, SessionKind.Plain, patience))
        {
            if (IsCurrent(session)) return;
            version = session.Number("PRAGMA user_version")!.Value;
            if (!IsEmpty(session)) faults.LogConversion(version, Version);
        }
        try
        {
            using var session = new SqliteSession(path, SessionKind.Exclusive, TimeSpan.Zero);
            // A fault closes the session, which rolls back.
            session.Script("BEGIN IMMEDIATE");
            // Indexes of an earlier version may have other columns, or be of words: they are made anew, or not at all.
            RemoveIndexesOf(session, version < VersionWithKeys ? FilterColumns : FilterColumns.Where(c => c.Index == FilterIndex.Words));
            AddIndexes(session);
            if (Has(session, "notificatie")) session.Script(MoveOutbox);
            if (Has(session, "klantnummer_counter")) session.Script(MoveLastNumbers);
            if (Has(session, "klant_block_count")) session.Script(SqliteBlocks.MoveFromOneSize);
            session.Script($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}");
            session.Script("COMMIT");
        }
        catch (SqliteException exception) when (exception.PrimaryCode == raw.SQLITE_BUSY)
        {
            throw new StoreRefusedException(SqliteTexts.SchemaNeedsQuiet);
        }
    }

    /// <summary>Makes the indexes that <see cref="RemoveIndexes"/> removed, and writes nothing when all are there.</summary>
    /// <remarks>The caller has a transaction: the full-text index must not be there before it knows all klanten.</remarks>
    public static void AddIndexes(SqliteSession session)
    {
        session.Script(Script);
        if (!Has(session, SqliteWords.Table)) session.Script(SqliteWords.Make);
    }

    /// <summary>Makes the index on <see cref="Geboortedatum"/>, or removes it: each write of a person would pay for it.</summary>
    public static void IndexGeboortedatum(SqliteSession session, bool wanted) => session.Script(wanted
        ? $"CREATE INDEX IF NOT EXISTS klant_geboortedatum ON klant ({Geboortedatum}) WHERE {Geboortedatum} IS NOT NULL"
        : "DROP INDEX IF EXISTS klant_geboortedatum");

    /// <summary>Removes the indexes that serve filters only, but for that of bronorganisaties, which grows in one place of each.</summary>
    /// <remarks>A file that is left without them gets them when it is opened next.</remarks>
    public static void RemoveIndexes(SqliteSession session) =>
        RemoveIndexesOf(session, FilterColumns.Where(column => column.Index != FilterIndex.Alone));

    private static void RemoveIndexesOf(SqliteSession session, IEnumerable<FilterColumn> columns)
    {
        foreach (var (field, column, index) in columns)
        {
            if (index == FilterIndex.None || field == FilterFields.Klantnummer) continue;
            session.Script($"DROP INDEX IF EXISTS klant_{column}");
        }
        session.Script(SqliteWords.Remove);
    }

    /// <summary>False for a file that must get the schema: it is empty, or has one of the last versions before this one.</summary>
    /// <exception cref="StoreRefusedException">The file has a schema that this program does not read.</exception>
    public static bool IsCurrent(SqliteSession session)
    {
        var version = session.Number("PRAGMA user_version");
        var isOurs = session.Number("PRAGMA application_id") == ApplicationId;
        if (version == Version && isOurs) return true;
        if (version < Version && (isOurs || (version == VersionWithoutLock && Has(session, "klant_block_count")))) return false;
        if (Has(session, "telling"))
        {
            throw new StoreRefusedException(SqliteTexts.SchemaBeforeRelease.With(version));
        }
        if (version > Version)
        {
            throw new StoreRefusedException(SqliteTexts.SchemaNewer.With(version, Version));
        }
        if (!IsEmpty(session))
        {
            throw new StoreRefusedException(SqliteTexts.OfAnotherProgram);
        }
        return false;
    }

    public static bool IsEmpty(SqliteSession session) => session.Number("SELECT EXISTS (SELECT 1 FROM sqlite_schema)") == 0;

    private static bool Has(SqliteSession session, string table) =>
        session.Number("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?1)", table) == 1;
}
