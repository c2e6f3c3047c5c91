using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>A commit as statements, for the writer to run within its transaction.</summary>
internal static class SqliteCommands
{
    private static readonly IReadOnlyList<FilterColumn> Columns = SqliteSchema.FilterColumns;

    private static readonly string InsertKlant =
        $"""
        INSERT INTO klant (id, version, json, {string.Join(", ", Columns.Select(c => c.Column))})
        VALUES (?1, 1, ?2, {string.Join(", ", Columns.Select((_, i) => $"?{i + 3}"))})
        ON CONFLICT (bronorganisatie, klantnummer) DO NOTHING
        """;

    private static readonly string UpdateKlant =
        $"""
        UPDATE OR IGNORE klant
        SET version = version + 1, json = ?2, {string.Join(", ", Columns.Select((c, i) => $"{c.Column} = ?{i + 3}"))}
        WHERE sequence = ?1
        """;

    private const string InsertAuditEntry =
        """
        INSERT INTO audit (klant, uuid, actie, aanmaakdatum, resource_weergave, applicatie_id, applicatie_weergave,
            gebruikers_id, gebruikers_weergave, toelichting, logrecord_id, oud)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """;

    /// <param name="transaction">The transaction.</param>
    /// <param name="commit">What changes.</param>
    /// <param name="hasWords">False while many klanten are added, of which the full-text index is made afterwards.</param>
    /// <remarks>The klant's own statement comes first and only it can be refused, so a refusal has nothing to roll back.</remarks>
    public static CommitResult Commit(SqliteTransaction transaction, KlantCommit commit, bool hasWords = true)
    {
        var result = commit switch
        {
            { After: null } => Delete(transaction, commit),
            { Before: null } => Add(transaction, commit, hasWords),
            _ => Replace(transaction, commit),
        };
        if (result == CommitResult.Committed && commit.Notificatie is { } notificatie) SqliteOutboxCommands.Add(transaction, notificatie);
        return result;
    }

    private static CommitResult Add(SqliteTransaction transaction, KlantCommit commit, bool hasWords)
    {
        var session = transaction.Session;
        if (session.Execute(Bind(session.Prepare(InsertKlant).Bind(commit.Id.Value), commit)) == 0) return CommitResult.KlantnummerTaken;
        var sequence = session.LastRowId;
        if (hasWords) transaction.AddToWords(sequence, "", SqliteWords.Of(commit.After!));
        transaction.AddToCounts(commit.After!.Bronorganisatie, sequence, 1);
        if (commit.AuditEntry is { } entry) AddAuditEntry(session, sequence, entry);
        return CommitResult.Committed;
    }

    private static CommitResult Replace(SqliteTransaction transaction, KlantCommit commit)
    {
        var session = transaction.Session;
        if (FindUnchanged(session, commit) is not var (sequence, bronorganisatie, words)) return CommitResult.Changed;
        if (session.Execute(Bind(session.Prepare(UpdateKlant).Bind(sequence), commit)) == 0) return CommitResult.KlantnummerTaken;
        transaction.AddToWords(sequence, words, SqliteWords.Of(commit.After!));
        transaction.AddChanged(commit.Id);
        if (bronorganisatie != commit.After!.Bronorganisatie)
        {
            transaction.AddToCounts(bronorganisatie, sequence, -1);
            transaction.AddToCounts(commit.After.Bronorganisatie, sequence, 1);
        }
        if (commit.AuditEntry is { } entry) AddAuditEntry(session, sequence, entry);
        return CommitResult.Committed;
    }

    private static CommitResult Delete(SqliteTransaction transaction, KlantCommit commit)
    {
        var session = transaction.Session;
        if (FindUnchanged(session, commit) is not var (sequence, bronorganisatie, words)) return CommitResult.Changed;
        transaction.AddToWords(sequence, words, "");
        session.Execute("DELETE FROM klant WHERE sequence = ?1", sequence);
        session.Execute("DELETE FROM audit WHERE klant = ?1", sequence);
        transaction.AddChanged(commit.Id);
        transaction.AddToCounts(bronorganisatie, sequence, -1);
        return CommitResult.Committed;
    }

    /// <summary>The row of the klant; null when it is no longer as the use case read it.</summary>
    private static (long Sequence, string Bronorganisatie, string Words)? FindUnchanged(SqliteSession session, KlantCommit commit)
    {
        const string Sql =
            """
            SELECT sequence, bronorganisatie, words FROM klant JOIN klant_words USING (sequence)
            WHERE id = ?1 AND version = ?2
            """;
        using var row = session.Prepare(Sql, commit.Id.Value, SqliteVersion.From(commit.Before!.Version).Number);
        return row.Step() ? (row.Int64(0), row.Text(1), row.Text(2)) : null;
    }

    private static void AddAuditEntry(SqliteSession session, long sequence, AuditEntry entry)
    {
        var context = entry.AuditContext;
        var statement = session.Prepare(InsertAuditEntry)
            .Bind(sequence)
            .Bind(entry.Uuid)
            .Bind((int)entry.Actie)
            .Bind(SqliteValues.Microseconds(entry.Aanmaakdatum))
            .Bind(entry.ResourceWeergave)
            .Bind(context.ApplicatieId)
            .Bind(context.ApplicatieWeergave)
            .Bind(context.GebruikersId)
            .Bind(context.GebruikersWeergave)
            .Bind(context.Toelichting)
            .Bind(context.LogrecordId);
        session.Execute(entry.Oud.IsEmpty ? statement.Bind((string?)null) : statement.Bind(entry.Oud.Span));
    }

    /// <summary>Binds what follows the key of the row: the representation and the filter columns.</summary>
    private static SqliteStatement Bind(SqliteStatement statement, KlantCommit commit)
    {
        statement.Bind(commit.AfterJson.Span);
        foreach (var column in Columns) statement.Bind(column.Field.Read(commit.After!) is { Length: > 0 } value ? value : null);
        return statement;
    }
}
