using System.Text.Json;
using Klanten.Core.Fields;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Core.UseCases;

/// <summary>
/// klant_update and klant_partial_update. Both merge the body into the klant, as the reference does; klant_update also
/// demands that the required fields are present.
/// </summary>
public sealed class ChangeKlant(
    IKlantStore store, ISubjectLookup subjects, Publication publication, KlantTurns turns, TimeProvider clock)
{
    private readonly CommitBuilder commits = new(publication, clock);

    /// <summary>Validates the body and changes the klant.</summary>
    /// <param name="read">The klant as the operation read it. It is read again when another request has changed it.</param>
    /// <param name="body">The body, of any JSON type.</param>
    /// <param name="dialect">How the consumer speaks.</param>
    /// <param name="actie"><see cref="Actie.Update"/> or <see cref="Actie.PartialUpdate"/>.</param>
    /// <param name="auditContext">The caller and the reason, for the audit trail.</param>
    /// <param name="url">The public address of the klanten in this request, for the notification.</param>
    /// <param name="precondition">What the klant must satisfy, in the version that is changed; null when there is none.</param>
    /// <param name="cancellationToken">Stops before the commit; a commit that was sent is not cancelled.</param>
    /// <returns>
    /// <see cref="Outcome.Done"/>, <see cref="Outcome.Invalid"/>, <see cref="Outcome.NotFound"/>,
    /// <see cref="Outcome.PreconditionFailed"/> or <see cref="Outcome.Contended"/>.
    /// </returns>
    /// <exception cref="StoreBusyException">The store is out of capacity.</exception>
    /// <exception cref="KlantTooLargeException">The klant is larger than the store can hold.</exception>
    public async Task<Outcome> ExecuteAsync(
        StoredKlant read,
        JsonElement body,
        Dialect dialect,
        Actie actie,
        AuditContext auditContext,
        KlantUrl url,
        Precondition? precondition,
        CancellationToken cancellationToken)
    {
        var reachable = await IsReachableAsync(read, KlantInput.ReadSubject(body), cancellationToken).ConfigureAwait(false);
        var change = new Change(body, dialect, actie, reachable, auditContext, url);
        using var turn = await turns.WaitAsync(read.Id, cancellationToken).ConfigureAwait(false);
        var before = turn.HasWaited ? null : read;
        return await Contention.RetryAsync(AttemptAsync, clock, cancellationToken).ConfigureAwait(false);

        async Task<Outcome?> AttemptAsync()
        {
            before ??= await store.ReadAsync(read.Id, cancellationToken).ConfigureAwait(false);
            if (before is null)
            {
                return new Outcome.NotFound();
            }
            if (precondition?.Invoke(before) == false)
            {
                return new Outcome.PreconditionFailed();
            }
            var outcome = await CommitAsync(before, change, cancellationToken).ConfigureAwait(false);
            before = null;
            return outcome;
        }
    }

    /// <summary>Whether the subject may be set (kla-002). The subject that the klant has was fetched when it was set.</summary>
    private async Task<bool> IsReachableAsync(StoredKlant klant, string? subject, CancellationToken cancellationToken) =>
        subject is null
        || subject == KlantJson.Read(klant.Json).Subject
        || await subjects.ExistsAsync(subject, cancellationToken).ConfigureAwait(false);

    /// <returns>Null when another request changed the klant after it was read.</returns>
    private async Task<Outcome?> CommitAsync(StoredKlant before, Change change, CancellationToken cancellationToken)
    {
        var current = KlantJson.Read(before.Json);
        var errors = new List<FieldError>();
        var partial = change.Actie == Actie.PartialUpdate;
        var klant = KlantInput.Merge(current, change.Body, change.Dialect, partial, change.SubjectReachable, errors);
        if (errors.Count > 0)
        {
            return new Outcome.Invalid(errors);
        }
        if (KlantInput.LacksSubject(klant, current))
        {
            var taken = await store.IsTakenAsync(klant.Bronorganisatie, klant.Klantnummer, before.Id, cancellationToken)
                .ConfigureAwait(false);
            return new Outcome.Invalid([taken ? KlantErrors.KlantnummerNotUnique : KlantErrors.SubjectMissing]);
        }

        var commit = commits.Commit(before.Id, before, current, klant, change.Actie, change.AuditContext, change.Url);
        return await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false) switch
        {
            CommitResult.Committed => new Outcome.Done(before.Id, commit.AfterJson),
            CommitResult.KlantnummerTaken => new Outcome.Invalid([KlantErrors.KlantnummerNotUnique]),
            _ => null,
        };
    }

    /// <summary>What stays the same from one attempt to the next.</summary>
    private sealed record Change(
        JsonElement Body, Dialect Dialect, Actie Actie, bool SubjectReachable, AuditContext AuditContext, KlantUrl Url);
}
