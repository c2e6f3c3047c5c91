using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Core.UseCases;

/// <summary>Makes the one commit of a write: klant, audit entry and notification together.</summary>
/// <param name="publication">Whether the notification goes with it.</param>
/// <param name="clock">Tells the moment of the write.</param>
internal sealed class CommitBuilder(Publication publication, TimeProvider clock)
{
    public KlantCommit Commit(KlantId id, StoredKlant? before, Klant? current, Klant after, Actie actie, AuditContext auditContext, KlantUrl url)
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

    public KlantCommit Deletion(StoredKlant before, Klant current, KlantUrl url) => new()
    {
        Id = before.Id,
        Before = before,
        Notificatie = Notificatie(before.Id, url, Actie.Destroy, Now(), current),
    };

    private Notificatie? Notificatie(KlantId id, KlantUrl url, Actie actie, DateTimeOffset moment, Klant klant) =>
        publication.Enabled ? new(id, url.Of(id), actie, moment, klant.SubjectType) : null;

    /// <summary>To the microsecond, as the representation shows it.</summary>
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
