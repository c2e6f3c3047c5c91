using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Core.UseCases;

/// <summary>Builds the commit of a write: the klant, the audit entry and the notification together.</summary>
/// <param name="publication">Whether a commit has a notification.</param>
/// <param name="clock">The clock that gives the moment of the write.</param>
internal sealed class CommitBuilder(Publication publication, TimeProvider clock)
{
    /// <summary>Builds the commit of a new or a changed klant.</summary>
    /// <param name="id">The klant.</param>
    /// <param name="before">The klant as it was read from the store; null when it is new.</param>
    /// <param name="current">The content of <paramref name="before"/>; null when the klant is new.</param>
    /// <param name="after">The klant as it becomes.</param>
    /// <param name="actie">The write.</param>
    /// <param name="auditContext">The caller and the reason, for the audit trail.</param>
    /// <param name="url">The address of the request, for the notification.</param>
    public KlantCommit Commit(
        KlantId id, StoredKlant? before, Klant? current, Klant after, Actie actie, AuditContext auditContext, KlantUrl url)
    {
        var moment = Now();
        var json = KlantJson.Write(after);
        return new()
        {
            Id = id,
            Before = before,
            After = after,
            AfterJson = json,
            AuditEntry = new()
            {
                Uuid = Guid.NewGuid(),
                AuditContext = auditContext,
                Actie = actie,
                ResourceWeergave = (current ?? after).Weergave,
                Aanmaakdatum = moment,
                Oud = before?.Json ?? default,
                Nieuw = json,
            },
            Notificatie = Notificatie(id, url, actie, moment, after),
        };
    }

    /// <summary>Builds the commit that removes a klant.</summary>
    /// <param name="before">The klant as it was read from the store.</param>
    /// <param name="current">The content of <paramref name="before"/>.</param>
    /// <param name="url">The address of the request, for the notification.</param>
    public KlantCommit Deletion(StoredKlant before, Klant current, KlantUrl url) => new()
    {
        Id = before.Id,
        Before = before,
        Notificatie = Notificatie(before.Id, url, Actie.Destroy, Now(), current),
    };

    private Notificatie? Notificatie(KlantId id, KlantUrl url, Actie actie, DateTimeOffset moment, Klant klant) =>
        publication.Enabled ? new(id, url.For(id), actie, moment, klant.SubjectType) : null;

    /// <summary>The current moment in whole microseconds: the stores and the representation have no finer unit.</summary>
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
