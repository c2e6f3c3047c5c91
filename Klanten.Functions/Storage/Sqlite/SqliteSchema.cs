using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>The tables of the embedded store, and the columns that klanten are found by.</summary>
internal static class SqliteSchema
{
    /// <summary>Klanten are counted in blocks of this many successive <c>volgnr</c>s, so that a deep page is sought, not walked to.</summary>
    public const int BlockBits = 8;

    /// <summary>In the place of a bronorganisatie: the count of all klanten.</summary>
    public const string AllKlanten = "";

    /// <summary>
    /// Where each filter's value is kept (null when empty), the most selective first: a query is driven by the index of
    /// the first column it names. Columns without an index only ever narrow a result.
    /// </summary>
    public static readonly IReadOnlyList<(FilterField Field, string Column, bool Indexed)> FilterColumns =
    [
        (FilterFields.InpBsn, "inp_bsn", true),
        (FilterFields.AnpIdentificatie, "anp_identificatie", true),
        (FilterFields.InpANummer, "inp_a_nummer", true),
        (FilterFields.InnNnpId, "inn_nnp_id", true),
        (FilterFields.AnnIdentificatie, "ann_identificatie", true),
        (FilterFields.VestigingsNummer, "vestigings_nummer", true),
        (FilterFields.Klantnummer, "klantnummer", true), // by the unique index
        (FilterFields.Subject, "subject", true),
        (FilterFields.Emailadres, "emailadres", true),
        (FilterFields.Telefoonnummer, "telefoonnummer", true),
        (FilterFields.Bedrijfsnaam, "bedrijfsnaam", true),
        (FilterFields.Achternaam, "achternaam", true),
        (FilterFields.Postcode, "postcode", true),
        (FilterFields.Bronorganisatie, "bronorganisatie", true),
        (FilterFields.Straatnaam, "straatnaam", false),
        (FilterFields.Woonplaatsnaam, "woonplaatsnaam", false),
        (FilterFields.Landcode, "landcode", false),
        (FilterFields.Functie, "functie", false),
        (FilterFields.Type, "subject_type", false),
    ];

    /// <summary>Each step takes the file from one <c>user_version</c> to the next; steps that were released never change.</summary>
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE klant (
            volgnr INTEGER PRIMARY KEY,          -- the order of every list: oldest first
            id BLOB NOT NULL UNIQUE,
            versie INTEGER NOT NULL,
            bronorganisatie TEXT NOT NULL,
            klantnummer TEXT NOT NULL,
            inp_bsn TEXT, anp_identificatie TEXT, inp_a_nummer TEXT, inn_nnp_id TEXT, ann_identificatie TEXT, vestigings_nummer TEXT,
            subject TEXT, emailadres TEXT, telefoonnummer TEXT, bedrijfsnaam TEXT, achternaam TEXT, postcode TEXT,
            straatnaam TEXT, woonplaatsnaam TEXT, landcode TEXT, functie TEXT, subject_type TEXT,
            json BLOB NOT NULL,                  -- the representation without url
            UNIQUE (bronorganisatie, klantnummer)
        ) STRICT;

        -- How many klanten there are, by bronorganisatie ('' is all of them): in total, and by block of 256 volgnrs.
        CREATE TABLE telling (bronorganisatie TEXT PRIMARY KEY, aantal INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE blok (bronorganisatie TEXT NOT NULL, blok INTEGER NOT NULL, aantal INTEGER NOT NULL,
            PRIMARY KEY (bronorganisatie, blok)) STRICT, WITHOUT ROWID;

        -- Triggers keep the counts, so that no writer can forget to.
        CREATE TRIGGER klant_erbij AFTER INSERT ON klant BEGIN
            INSERT INTO telling VALUES ('', 1), (new.bronorganisatie, 1) ON CONFLICT DO UPDATE SET aantal = aantal + 1;
            INSERT INTO blok VALUES ('', new.volgnr >> 8, 1), (new.bronorganisatie, new.volgnr >> 8, 1) ON CONFLICT DO UPDATE SET aantal = aantal + 1;
        END;
        CREATE TRIGGER klant_eraf AFTER DELETE ON klant BEGIN
            UPDATE telling SET aantal = aantal - 1 WHERE bronorganisatie IN ('', old.bronorganisatie);
            UPDATE blok SET aantal = aantal - 1 WHERE bronorganisatie IN ('', old.bronorganisatie) AND blok = old.volgnr >> 8;
        END;
        CREATE TRIGGER klant_verhuisd AFTER UPDATE OF bronorganisatie ON klant WHEN old.bronorganisatie <> new.bronorganisatie BEGIN
            UPDATE telling SET aantal = aantal - 1 WHERE bronorganisatie = old.bronorganisatie;
            UPDATE blok SET aantal = aantal - 1 WHERE bronorganisatie = old.bronorganisatie AND blok = old.volgnr >> 8;
            INSERT INTO telling VALUES (new.bronorganisatie, 1) ON CONFLICT DO UPDATE SET aantal = aantal + 1;
            INSERT INTO blok VALUES (new.bronorganisatie, new.volgnr >> 8, 1) ON CONFLICT DO UPDATE SET aantal = aantal + 1;
        END;

        -- The last klantnummer given out, by bronorganisatie.
        CREATE TABLE teller (bronorganisatie TEXT PRIMARY KEY, laatste INTEGER NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE audit (
            nr INTEGER PRIMARY KEY,
            klant INTEGER NOT NULL,              -- volgnr of the klant; goes with it
            uuid BLOB NOT NULL,
            actie INTEGER NOT NULL,
            aanmaakdatum INTEGER NOT NULL,       -- microseconds since 1970-01-01T00:00:00Z
            resource_weergave TEXT NOT NULL,
            applicatie_id TEXT NOT NULL, applicatie_weergave TEXT NOT NULL,
            gebruikers_id TEXT NOT NULL, gebruikers_weergave TEXT NOT NULL,
            toelichting TEXT NOT NULL, logrecord_id TEXT NOT NULL,
            oud BLOB                             -- the representation before; what it became is oud of the next entry, or the klant
        ) STRICT;
        CREATE INDEX audit_klant ON audit (klant);

        CREATE TABLE notificatie (               -- the outbox, oldest first
            nr INTEGER PRIMARY KEY AUTOINCREMENT,
            klant BLOB NOT NULL,                 -- id of the klant
            hoofd_object TEXT NOT NULL,
            actie INTEGER NOT NULL,
            aanmaakdatum INTEGER NOT NULL,
            subject_type TEXT,
            pogingen INTEGER NOT NULL DEFAULT 0, -- deliveries begun
            niet_voor INTEGER NOT NULL DEFAULT 0,-- held, or waiting for a next attempt, until this moment (microseconds)
            geparkeerd INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX notificatie_klant ON notificatie (klant, nr) WHERE geparkeerd = 0;
        """,
        // Triggers took half of the time of a write: SqliteTransaction counts, once a transaction. Klantnummers are found by
        // the unique index, in each bronorganisatie.
        """
        DROP TRIGGER klant_erbij;
        DROP TRIGGER klant_eraf;
        DROP TRIGGER klant_verhuisd;
        DROP INDEX IF EXISTS klant_klantnummer;
        """,
    ];

    /// <summary>Brings the file to the current schema; a file of a newer program is refused.</summary>
    /// <remarks>A fault closes the session, which takes back what was done of a step.</remarks>
    public static void Migrate(SqliteSession session)
    {
        session.Script("BEGIN IMMEDIATE");
        var version = (int)session.Number("PRAGMA user_version")!;
        if (version > Migrations.Length)
            throw new InvalidOperationException($"The database has schema version {version}; this program knows versions up to {Migrations.Length}.");
        foreach (var migration in Migrations.AsSpan(version)) session.Script(migration);
        session.Script($"PRAGMA user_version = {Migrations.Length}");
        AddIndexes(session);
        session.Script("COMMIT");
    }

    /// <summary>Makes the indexes that are not there: of a new database, or after <see cref="RemoveIndexes"/>.</summary>
    public static void AddIndexes(SqliteSession session)
    {
        foreach (var column in IndexedColumns) session.Script($"CREATE INDEX IF NOT EXISTS {IndexOf(column)} ON klant ({column}) WHERE {column} IS NOT NULL");
    }

    /// <summary>
    /// Takes away the indexes that only serve to find klanten, so that many can be added: in order, afterwards, an index is
    /// made in a tenth of the time. A database that is left without gets them when it is next opened.
    /// </summary>
    public static void RemoveIndexes(SqliteSession session)
    {
        foreach (var column in IndexedColumns) session.Script($"DROP INDEX {IndexOf(column)}");
    }

    private static IEnumerable<string> IndexedColumns =>
        FilterColumns.Where(c => c.Indexed && c.Field != FilterFields.Klantnummer).Select(c => c.Column);

    private static string IndexOf(string column) => $"klant_{column}";
}
