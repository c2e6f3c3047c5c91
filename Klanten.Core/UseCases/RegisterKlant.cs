using System.Text.Json;
using Klanten.Core.Fields;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Core.UseCases;

/// <summary>klant_create: validates a new klant, gives it a klantnummer (kla-001) and stores it.</summary>
public sealed class RegisterKlant(IKlantStore store, ISubjectLookup subjects, Publication publication, TimeProvider clock)
{
    private readonly CommitBuilder commits = new(publication, clock);

    /// <summary>Validates the body and stores the klant.</summary>
    /// <param name="body">The body, of any JSON type.</param>
    /// <param name="dialect">How the consumer speaks.</param>
    /// <param name="auditContext">The caller and the reason, for the audit trail.</param>
    /// <param name="url">The public address of the klanten in this request, for the notification.</param>
    /// <param name="cancellationToken">Stops before the commit; a commit that was sent is not cancelled.</param>
    /// <returns>
    /// <see cref="Outcome.Done"/>, <see cref="Outcome.Invalid"/> or <see cref="Outcome.KlantnummersExhausted"/>.
    /// </returns>
    /// <exception cref="StoreBusyException">The store is out of capacity.</exception>
    /// <exception cref="KlantTooLargeException">The klant is larger than the store can hold.</exception>
    public async Task<Outcome> ExecuteAsync(
        JsonElement body, Dialect dialect, AuditContext auditContext, KlantUrl url, CancellationToken cancellationToken)
    {
        var subject = KlantInput.ReadSubject(body);
        var reachable = subject is null || await subjects.ExistsAsync(subject, cancellationToken).ConfigureAwait(false);
        var errors = new List<FieldError>();
        var klant = KlantInput.Merge(null, body, dialect, partial: false, reachable, errors);
        if (errors.Count > 0)
        {
            return new Outcome.Invalid(errors);
        }
        var numbered = klant.Klantnummer.Length > 0;
        if (KlantInput.LacksSubject(klant, null))
        {
            var taken = numbered
                && await store.IsTakenAsync(klant.Bronorganisatie, klant.Klantnummer, null, cancellationToken).ConfigureAwait(false);
            return new Outcome.Invalid([taken ? KlantErrors.KlantnummerNotUnique : KlantErrors.SubjectMissing]);
        }
        if (!numbered)
        {
            return await NumberAndCommitAsync(klant, auditContext, url, cancellationToken).ConfigureAwait(false);
        }
        var outcome = await CommitAsync(klant, auditContext, url, cancellationToken).ConfigureAwait(false);
        return outcome ?? new Outcome.Invalid([KlantErrors.KlantnummerNotUnique]);
    }

    private async Task<Outcome> NumberAndCommitAsync(
        Klant klant, AuditContext auditContext, KlantUrl url, CancellationToken cancellationToken)
    {
        for (var from = 1L; ;)
        {
            var number = await store.TakeNumbersAsync(klant.Bronorganisatie, 1, from, cancellationToken).ConfigureAwait(false);
            if (GeneratedKlantnummer.Format(number) is not { } klantnummer)
            {
                return new Outcome.KlantnummersExhausted();
            }
            var numbered = klant with { Klantnummer = klantnummer };
            if (await CommitAsync(numbered, auditContext, url, cancellationToken).ConfigureAwait(false) is { } outcome)
            {
                return outcome;
            }
            // Consumers may have used many numbers in a row, so the store looks for the end of them instead of trying each.
            from = await store.FindFreeNumberAsync(klant.Bronorganisatie, number + 1, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>Null when another klant has the klantnummer.</returns>
    private async Task<Outcome?> CommitAsync(
        Klant klant, AuditContext auditContext, KlantUrl url, CancellationToken cancellationToken)
    {
        var id = KlantId.New(klant.Bronorganisatie);
        var commit = commits.Commit(id, null, null, klant, Actie.Create, auditContext, url);
        var result = await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        return result == CommitResult.Committed ? new Outcome.Done(id, commit.AfterJson) : null;
    }
}
