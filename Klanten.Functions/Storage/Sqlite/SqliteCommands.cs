using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>What the writer does, within the transaction that it opened.</summary>
internal static class SqliteCommands
{
    private static readonly IReadOnlyList<(FilterField Field, string Column, bool Indexed)> Columns = SqliteSchema.FilterColumns;

    private static readonly string Insert =
        $"INSERT INTO klant (id, versie, json, {string.Join(", ", Columns.Select(c => c.Column))}) " +
        $"VALUES (?1, 1, ?2, {string.Join(", ", Columns.Select((_, i) => $"?{i + 3}"))}) ON CONFLICT (bronorganisatie, klantnummer) DO NOTHING";

    private static readonly string Update =
        $"UPDATE OR IGNORE klant SET versie = versie + 1, json = ?2, {string.Join(", ", Columns.Select((c, i) => $"{c.Column} = ?{i + 3}"))} WHERE volgnr = ?1";

    /// <remarks>The klant's own statement comes first and is the only one that can be refused: nothing has to be undone.</remarks>
    public static CommitResult Commit(SqliteTransaction transaction, KlantCommit commit)
    {
        var result = commit switch
        {
            { After: null } => Delete(transaction, commit),
            { Before: null } => Add(transaction, commit),
            _ => Replace(transaction, commit),
        };
        if (result == CommitResult.Committed && commit.Notificatie is { } notificatie) AddNotificatie(transaction.Session, notificatie);
        return result;
    }

    private static CommitResult Add(SqliteTransaction transaction, KlantCommit commit)
    {
        var session = transaction.Session;
        if (session.Execute(Insert, Values(commit.Id.Value, commit)) == 0) return CommitResult.KlantnummerTaken;
        var volgnr = session.LastRowId;
        transaction.Count(commit.After!.Bronorganisatie, volgnr, 1);
        if (commit.AuditEntry is { } regel) AddAuditEntry(session, volgnr, regel);
        return CommitResult.Committed;
    }

    private static CommitResult Replace(SqliteTransaction transaction, KlantCommit commit)
    {
        var session = transaction.Session;
        if (Unchanged(session, commit) is not var (volgnr, bronorganisatie)) return CommitResult.Changed;
        if (session.Execute(Update, Values(volgnr, commit)) == 0) return CommitResult.KlantnummerTaken;
        if (bronorganisatie != commit.After!.Bronorganisatie)
        {
            transaction.Count(bronorganisatie, volgnr, -1);
            transaction.Count(commit.After.Bronorganisatie, volgnr, 1);
        }
        if (commit.AuditEntry is { } regel) AddAuditEntry(session, volgnr, regel);
        return CommitResult.Committed;
    }

    private static CommitResult Delete(SqliteTransaction transaction, KlantCommit commit)
    {
        var session = transaction.Session;
        if (Unchanged(session, commit) is not var (volgnr, bronorganisatie)) return CommitResult.Changed;
        session.Execute("DELETE FROM klant WHERE volgnr = ?1", volgnr);
        session.Execute("DELETE FROM audit WHERE klant = ?1", volgnr);
        transaction.Count(bronorganisatie, volgnr, -1);
        return CommitResult.Committed;
    }

    /// <summary>Where the klant stands; null when it is no longer as the use case read it.</summary>
    private static (long Volgnr, string Bronorganisatie)? Unchanged(SqliteSession session, KlantCommit commit)
    {
        using var row = session.Prepare("SELECT volgnr, bronorganisatie FROM klant WHERE id = ?1 AND versie = ?2",
            commit.Id.Value, SqliteVersion.From(commit.Before!.Version).Number);
        return row.Step() ? (row.Int64(0), row.Text(1)) : null;
    }

    private static void AddAuditEntry(SqliteSession session, long volgnr, AuditEntry regel) => session.Execute(
        "INSERT INTO audit (klant, uuid, actie, aanmaakdatum, resource_weergave, applicatie_id, applicatie_weergave, gebruikers_id, " +
        "gebruikers_weergave, toelichting, logrecord_id, oud) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        volgnr, regel.Uuid, (int)regel.Actie, SqliteValues.Microseconds(regel.Aanmaakdatum),
        regel.ResourceWeergave, regel.AuditContext.ApplicatieId, regel.AuditContext.ApplicatieWeergave, regel.AuditContext.GebruikersId,
        regel.AuditContext.GebruikersWeergave, regel.AuditContext.Toelichting, regel.AuditContext.LogrecordId,
        regel.Oud.IsEmpty ? null : SqliteValues.Bytes(regel.Oud));

    private static void AddNotificatie(SqliteSession session, Notificatie notificatie) => session.Execute(
        "INSERT INTO notificatie (klant, hoofd_object, actie, aanmaakdatum, subject_type) VALUES (?1, ?2, ?3, ?4, ?5)",
        notificatie.Klant.Value, notificatie.HoofdObject, (int)notificatie.Actie,
        SqliteValues.Microseconds(notificatie.Aanmaakdatum), notificatie.SubjectType);

    /// <summary>?1 what tells the row, ?2 the representation, then the filter columns.</summary>
    private static object?[] Values(object key, KlantCommit commit)
    {
        var values = new object?[Columns.Count + 2];
        values[0] = key;
        values[1] = SqliteValues.Bytes(commit.AfterJson);
        for (var i = 0; i < Columns.Count; i++) values[i + 2] = Columns[i].Field.Read(commit.After!) is { Length: > 0 } value ? value : null;
        return values;
    }
}
