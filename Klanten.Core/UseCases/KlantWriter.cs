using Klanten.Core.Model;
using Klanten.Core.Storage;

namespace Klanten.Core.UseCases;

/// <summary>Makes the one commit of a write: klant, audit entry and notification together.</summary>
internal static class KlantWriter
{
    public static KlantCommit Commit(KlantId id, StoredKlant? before, Klant? current, Klant after, Actie actie, Aanroep aanroep, KlantUrl url, DateTimeOffset now)
    {
        var moment = ToMicroseconds(now);
        var json = KlantJson.Write(after);
        return new()
        {
            Id = id,
            Before = before,
            After = after,
            AfterJson = json,
            AuditRegel = new()
            {
                Uuid = Guid.NewGuid(),
                Aanroep = aanroep,
                Actie = actie,
                ResourceWeergave = (current ?? after).Weergave,
                Aanmaakdatum = moment,
                Oud = before?.Json ?? default,
                Nieuw = json,
            },
            Notificatie = new(id, url.Of(id), actie, moment, after.SubjectType),
        };
    }

    public static KlantCommit Deletion(StoredKlant before, Klant current, KlantUrl url, DateTimeOffset now) => new()
    {
        Id = before.Id,
        Before = before,
        Notificatie = new(before.Id, url.Of(before.Id), Actie.Destroy, ToMicroseconds(now), current.SubjectType),
    };

    private static DateTimeOffset ToMicroseconds(DateTimeOffset moment) => moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMicrosecond));
}
