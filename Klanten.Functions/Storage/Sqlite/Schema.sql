-- The embedded store, whole. It is run at every open and after a bulk load, so each statement makes only what is missing.
-- Names of the standard (Klanten API) are Dutch, all others English. Moments are in microseconds since 1970-01-01T00:00:00Z.

-- One row, which each transaction changes: it tells which write-ahead log continues this file (SqliteLogMark).
CREATE TABLE IF NOT EXISTS log_mark (
    id   INTEGER PRIMARY KEY,
    mark BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS klant (
    sequence          INTEGER PRIMARY KEY,   -- the order of every list: oldest first
    id                BLOB NOT NULL UNIQUE,  -- the uuid
    version           INTEGER NOT NULL,      -- raised by every write
    bronorganisatie   TEXT NOT NULL,
    klantnummer       TEXT NOT NULL,
    json              BLOB NOT NULL,         -- the representation without url; before the rest, which a list would have to pass
    -- What klanten can be found by; null when empty.
    inp_bsn           TEXT,
    anp_identificatie TEXT,
    inp_a_nummer      TEXT,
    inn_nnp_id        TEXT,
    ann_identificatie TEXT,
    vestigings_nummer TEXT,
    subject           TEXT,
    emailadres        TEXT,
    telefoonnummer    TEXT,
    bedrijfsnaam      TEXT,
    achternaam        TEXT,
    postcode          TEXT,
    straatnaam        TEXT,
    woonplaatsnaam    TEXT,
    landcode          TEXT,
    functie           TEXT,
    subject_type      TEXT,
    UNIQUE (bronorganisatie, klantnummer)
) STRICT;

-- How many klanten there are, by bronorganisatie; '' counts them all. SqliteTransaction keeps the counts: triggers took half
-- of the time of a write. The last klantnummer that was generated is here too, because a create changes both, and so one page.
CREATE TABLE IF NOT EXISTS klant_count (
    bronorganisatie TEXT PRIMARY KEY,
    count           INTEGER NOT NULL,
    last_number     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- The same by block of 2^bits successive values of klant.sequence, for each of three bits (SqliteBlocks), so that a deep page is found
-- without walking to it. The newest blocks of all bronorganisaties, which creates change, are side by side.
CREATE TABLE IF NOT EXISTS klant_count_by_block (
    bits            INTEGER NOT NULL,
    block           INTEGER NOT NULL,        -- klant.sequence >> bits
    bronorganisatie TEXT NOT NULL,
    count           INTEGER NOT NULL,
    PRIMARY KEY (bits, block, bronorganisatie)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS audit (
    sequence            INTEGER PRIMARY KEY, -- the order of a trail
    klant               INTEGER NOT NULL,    -- klant.sequence; a deleted klant takes its trail with it
    uuid                BLOB NOT NULL,
    actie               INTEGER NOT NULL,
    aanmaakdatum        INTEGER NOT NULL,
    resource_weergave   TEXT NOT NULL,
    applicatie_id       TEXT NOT NULL,
    applicatie_weergave TEXT NOT NULL,
    gebruikers_id       TEXT NOT NULL,
    gebruikers_weergave TEXT NOT NULL,
    toelichting         TEXT NOT NULL,
    logrecord_id        TEXT NOT NULL,
    oud                 BLOB                 -- the representation before; nieuw is oud of the next entry, or klant.json
) STRICT;

CREATE INDEX IF NOT EXISTS audit_klant ON audit (klant);

-- The outbox: notifications that wait to be delivered, oldest first.
CREATE TABLE IF NOT EXISTS outbox (
    sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
    klant        BLOB NOT NULL,              -- klant.id
    hoofd_object TEXT NOT NULL,
    actie        INTEGER NOT NULL,
    aanmaakdatum INTEGER NOT NULL,
    subject_type TEXT,
    attempts     INTEGER NOT NULL DEFAULT 0, -- deliveries begun
    not_before   INTEGER NOT NULL DEFAULT 0, -- leased, or waiting for its next attempt, until this moment; 0 when never tried
    head         INTEGER NOT NULL            -- 1 for the oldest entry of its klant, the only one that may be delivered; else 0
) STRICT;

CREATE INDEX IF NOT EXISTS outbox_klant ON outbox (klant, sequence);

-- What may be delivered is found here, however many entries wait behind a head or for their next attempt.
CREATE INDEX IF NOT EXISTS outbox_head ON outbox (not_before, sequence) WHERE head = 1;

-- Notifications that are not tried any more, until notificaties-hervatten returns them to the outbox.
CREATE TABLE IF NOT EXISTS parked (
    sequence     INTEGER PRIMARY KEY,        -- as it was in the outbox
    klant        BLOB NOT NULL,
    hoofd_object TEXT NOT NULL,
    actie        INTEGER NOT NULL,
    aanmaakdatum INTEGER NOT NULL,
    subject_type TEXT,
    attempts     INTEGER NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS parked_klant ON parked (klant, sequence);

-- How many rows outbox ('waiting') and parked ('parked') have. SqliteTransaction keeps the counts.
CREATE TABLE IF NOT EXISTS outbox_count (
    state TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One index for each filter that leads to few klanten (SqliteSchema.FilterColumns), but for those of Search.sql. A bulk load
-- into an empty store drops these, but for the last, and makes them afterwards. Keys that several bronorganisaties know are found
-- in one of them without reading those of the others. Klantnummers are found by the unique index, in each bronorganisatie.
CREATE INDEX IF NOT EXISTS klant_inp_bsn ON klant (inp_bsn, bronorganisatie) WHERE inp_bsn IS NOT NULL;
CREATE INDEX IF NOT EXISTS klant_anp_identificatie ON klant (anp_identificatie, bronorganisatie) WHERE anp_identificatie IS NOT NULL;
CREATE INDEX IF NOT EXISTS klant_inp_a_nummer ON klant (inp_a_nummer, bronorganisatie) WHERE inp_a_nummer IS NOT NULL;
CREATE INDEX IF NOT EXISTS klant_inn_nnp_id ON klant (inn_nnp_id, bronorganisatie) WHERE inn_nnp_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS klant_ann_identificatie ON klant (ann_identificatie, bronorganisatie) WHERE ann_identificatie IS NOT NULL;
CREATE INDEX IF NOT EXISTS klant_vestigings_nummer ON klant (vestigings_nummer, bronorganisatie) WHERE vestigings_nummer IS NOT NULL;
CREATE INDEX IF NOT EXISTS klant_subject ON klant (subject, bronorganisatie) WHERE subject IS NOT NULL;
CREATE INDEX IF NOT EXISTS klant_bronorganisatie ON klant (bronorganisatie) WHERE bronorganisatie IS NOT NULL;
