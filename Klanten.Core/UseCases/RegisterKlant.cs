using System.Globalization;
using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.Fields;

namespace Klanten.Core.UseCases;

/// <summary>klant_create: validates, numbers (kla-001) and keeps a new klant.</summary>
public sealed class RegisterKlant(IKlantStore store, ISubjectLookup subjects, Publication publication, TimeProvider clock)
{
    private readonly CommitBuilder writer = new(publication, clock);

    /// <summary>Generated numbers fill all 8 positions and never start with a zero, so that they survive a spreadsheet.</summary>
    internal const long FirstKlantnummer = 10_000_000;
    internal const long LastKlantnummer = 99_999_999;

    /// <summary>
    /// Each collision doubles the distance to the next try, so that a long run of numbers that consumers took is passed
    /// in a few tries.
    /// </summary>
    private const long MaxIncrement = 1 << 20;

    public async Task<Outcome> ExecuteAsync(JsonElement body, AuditContext auditContext, KlantUrl url, CancellationToken cancellationToken)
    {
        var errors = new List<FieldError>();
        var subject = KlantInput.SubjectOf(body);
        var reachable = subject is null || await subjects.ExistsAsync(subject, cancellationToken).ConfigureAwait(false);
        var klant = KlantInput.Merge(null, body, partial: false, reachable, errors);
        if (errors.Count > 0) return new Outcome.Invalid(errors);
        if (KlantInput.LacksSubject(klant, null))
        {
            var taken = klant.Klantnummer.Length > 0
                && await store.IsTakenAsync(klant.Bronorganisatie, klant.Klantnummer, null, cancellationToken).ConfigureAwait(false);
            return new Outcome.Invalid([taken ? FieldError.NotUnique() : FieldError.SubjectMissing()]);
        }
        return klant.Klantnummer.Length > 0
            ? await CommitAsync(klant, auditContext, url, cancellationToken).ConfigureAwait(false) ?? new Outcome.Invalid([FieldError.NotUnique()])
            : await CommitNumberedAsync(klant, auditContext, url, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Outcome> CommitNumberedAsync(Klant klant, AuditContext auditContext, KlantUrl url, CancellationToken cancellationToken)
    {
        for (var increment = 1L; ; increment = Math.Min(increment * 2, MaxIncrement))
        {
            var number = FirstKlantnummer - 1 + await store.NextNumberAsync(klant.Bronorganisatie, increment, cancellationToken).ConfigureAwait(false);
            if (number > LastKlantnummer) return new Outcome.KlantnummersExhausted();
            var numbered = klant with { Klantnummer = number.ToString(CultureInfo.InvariantCulture) };
            if (await CommitAsync(numbered, auditContext, url, cancellationToken).ConfigureAwait(false) is { } outcome) return outcome;
        }
    }

    /// <summary>Null when another klant has the klantnummer.</summary>
    private async Task<Outcome?> CommitAsync(Klant klant, AuditContext auditContext, KlantUrl url, CancellationToken cancellationToken)
    {
        var commit = writer.Commit(KlantId.New(klant.Bronorganisatie), null, null, klant, Actie.Create, auditContext, url);
        return await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false) == CommitResult.Committed
            ? new Outcome.Done(commit.Id, commit.AfterJson)
            : null;
    }
}
