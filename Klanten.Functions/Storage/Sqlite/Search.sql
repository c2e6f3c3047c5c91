-- The full-text index (FTS5, sqlite.org/fts5.html) of the fields that are searched less than keys. What a transaction adds to it takes a
-- page or two, and is merged later; with an index of each field it would change a page of each, far apart.
-- Run when it is missing; SqliteWords then adds the words of all klanten that there are.

-- The words of a klant (SqliteWords): each is the name of a column and its value, as hexadecimal UTF-8.
CREATE VIEW klant_words AS
SELECT
    sequence,
    coalesce(' emailadres' || nullif(hex(emailadres), ''), '')
        || coalesce(' telefoonnummer' || nullif(hex(telefoonnummer), ''), '')
        || coalesce(' bedrijfsnaam' || nullif(hex(bedrijfsnaam), ''), '')
        || coalesce(' achternaam' || nullif(hex(achternaam), ''), '')
        || coalesce(' postcode' || nullif(hex(postcode), ''), '') AS words
FROM klant;

CREATE VIRTUAL TABLE klant_search USING fts5 (
    words, content = 'klant_words', content_rowid = 'sequence', tokenize = 'ascii', detail = 'none', columnsize = 0);

-- Its pieces fit the pages of the file, and a word that a klant loses is erased at once.
INSERT INTO klant_search (klant_search, rank) VALUES ('pgsz', 1950), ('secure-delete', 1);
