using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.Fields;

namespace Klanten.Core.UseCases;

/// <summary>
/// klant_update and klant_partial_update. Both merge what was sent into the klant, as the reference does; they differ in
/// whether the required fields must be there.
/// </summary>
public sealed class ChangeKlant(IKlantStore store, ISubjectLookup subjects, Publication publication, TimeProvider clock)
{
    private readonly CommitBuilder writer = new(publication, clock);

    /// <param name="read">The klant as the operation read it; read again when others change it in between.</param>
    /// <param name="body">The body, of any JSON type.</param>
    /// <param name="actie"><see cref="Actie.Update"/> or <see cref="Actie.PartialUpdate"/>.</param>
    /// <param name="auditContext">Who asks.</param>
    /// <param name="url">Where the consumer reaches the klanten.</param>
    /// <param name="cancellationToken">Stops before the commit; a commit that was sent goes on.</param>
    public async Task<Outcome> ExecuteAsync(StoredKlant read, JsonElement body, Actie actie, AuditContext auditContext, KlantUrl url, CancellationToken cancellationToken)
    {
        var reachable = KlantInput.SubjectOf(body) is not { } subject || await subjects.ExistsAsync(subject, cancellationToken).ConfigureAwait(false);
        var (id, fresh) = (read.Id, (StoredKlant?)read);
        return await Contention.RetryAsync(async () =>
        {
            var before = fresh ?? await store.ReadAsync(id, cancellationToken).ConfigureAwait(false);
            fresh = null;
            if (before is null) return new Outcome.NotFound();
            var current = KlantJson.Read(before.Json);
            var errors = new List<FieldError>();
            var klant = KlantInput.Merge(current, body, partial: actie == Actie.PartialUpdate, reachable, errors);
            if (errors.Count > 0) return new Outcome.Invalid(errors);
            if (KlantInput.LacksSubject(klant, current))
            {
                var taken = await store.IsTakenAsync(klant.Bronorganisatie, klant.Klantnummer, id, cancellationToken).ConfigureAwait(false);
                return new Outcome.Invalid([taken ? FieldError.NotUnique() : FieldError.SubjectMissing()]);
            }

            var commit = writer.Commit(id, before, current, klant, actie, auditContext, url);
            return await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false) switch
            {
                CommitResult.Committed => new Outcome.Done(id, commit.AfterJson),
                CommitResult.KlantnummerTaken => new Outcome.Invalid([FieldError.NotUnique()]),
                _ => null,
            };
        }, clock, cancellationToken).ConfigureAwait(false);
    }
}
