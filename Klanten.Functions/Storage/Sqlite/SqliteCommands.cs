using Klanten.Core.Model;
using Klanten.Core.Storage;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>What the writer does, within the transaction that it opened.</summary>
internal static class SqliteCommands
{
    private static readonly IReadOnlyList<(FilterField Field, string Column, bool Indexed)> Columns = SqliteSchema.FilterColumns;

    private static readonly string Insert =
        $"INSERT INTO klant (id, versie, json, {string.Join(", ", Columns.Select(c => c.Column))}) " +
        $"VALUES (?1, 1, ?2, {string.Join(", ", Columns.Select((_, i) => $"?{i + 3}"))}) ON CONFLICT (bronorganisatie, klantnummer) DO NOTHING";

    private static readonly string Update =
        $"UPDATE OR IGNORE klant SET versie = versie + 1, json = ?2, {string.Join(", ", Columns.Select((c, i) => $"{c.Column} = ?{i + 3}"))} " +
        $"WHERE id = ?1 AND versie = ?{Columns.Count + 3}";

    /// <remarks>The klant's own statement comes first and is the only one that can be refused: nothing has to be undone.</remarks>
    public static CommitResult Commit(SqliteSession session, KlantCommit commit)
    {
        var refusal = commit switch
        {
            { After: null } => Delete(session, commit),
            { Before: null } => session.Execute(Insert, Values(commit, null)) == 1 ? CommitResult.Committed : CommitResult.KlantnummerTaken,
            _ => Replace(session, commit),
        };
        if (refusal != CommitResult.Committed) return refusal;
        if (commit.AuditRegel is { } regel) AddAuditRegel(session, commit.Id, regel);
        if (commit.Notificatie is { } notificatie) AddNotificatie(session, notificatie);
        return CommitResult.Committed;
    }

    public static CommitResult RaiseCounter(SqliteSession session, string bronorganisatie, long number)
    {
        session.Execute(
            "INSERT INTO teller VALUES (?1, ?2) ON CONFLICT DO UPDATE SET laatste = max(laatste, excluded.laatste)",
            bronorganisatie, number);
        return CommitResult.Committed;
    }

    private static CommitResult Replace(SqliteSession session, KlantCommit commit)
    {
        var version = SqliteValues.Version(commit.Before!.Version);
        if (session.Execute(Update, Values(commit, version)) == 1) return CommitResult.Committed;
        var unchanged = session.Number("SELECT count(*) FROM klant WHERE id = ?1 AND versie = ?2", commit.Id.Value, version) == 1;
        return unchanged ? CommitResult.KlantnummerTaken : CommitResult.Changed;
    }

    private static CommitResult Delete(SqliteSession session, KlantCommit commit)
    {
        var volgnr = session.Number("DELETE FROM klant WHERE id = ?1 AND versie = ?2 RETURNING volgnr",
            commit.Id.Value, SqliteValues.Version(commit.Before!.Version));
        if (volgnr is null) return CommitResult.Changed;
        session.Execute("DELETE FROM audit WHERE klant = ?1", volgnr);
        return CommitResult.Committed;
    }

    private static void AddAuditRegel(SqliteSession session, KlantId id, AuditRegel regel) => session.Execute(
        "INSERT INTO audit (klant, uuid, actie, aanmaakdatum, resource_weergave, applicatie_id, applicatie_weergave, gebruikers_id, " +
        "gebruikers_weergave, toelichting, logrecord_id, oud) " +
        "SELECT volgnr, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 FROM klant WHERE id = ?1",
        id.Value, regel.Uuid, (int)regel.Actie, SqliteValues.Microseconds(regel.Aanmaakdatum),
        regel.ResourceWeergave, regel.Aanroep.ApplicatieId, regel.Aanroep.ApplicatieWeergave, regel.Aanroep.GebruikersId,
        regel.Aanroep.GebruikersWeergave, regel.Aanroep.Toelichting, regel.Aanroep.LogrecordId,
        regel.Oud.IsEmpty ? null : SqliteValues.Bytes(regel.Oud));

    private static void AddNotificatie(SqliteSession session, Notificatie notificatie) => session.Execute(
        "INSERT INTO notificatie (klant, hoofd_object, actie, aanmaakdatum, subject_type) VALUES (?1, ?2, ?3, ?4, ?5)",
        notificatie.Klant.Value, notificatie.HoofdObject, (int)notificatie.Actie,
        SqliteValues.Microseconds(notificatie.Aanmaakdatum), notificatie.SubjectType);

    /// <summary>?1 the id, ?2 the representation, then the filter columns, then the version that is expected.</summary>
    private static object?[] Values(KlantCommit commit, long? version)
    {
        var values = new object?[Columns.Count + (version is null ? 2 : 3)];
        values[0] = commit.Id.Value;
        values[1] = SqliteValues.Bytes(commit.AfterJson);
        for (var i = 0; i < Columns.Count; i++) values[i + 2] = Columns[i].Field.Read(commit.After!) is { Length: > 0 } value ? value : null;
        if (version is not null) values[^1] = version;
        return values;
    }
}
