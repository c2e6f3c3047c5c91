using System.Globalization;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Core.UseCases;

/// <summary>
/// Fills a store with klanten that are valid already, for demos and measurements: each gets a generated klantnummer and
/// an audit entry as klant_create gives it, but nobody is notified.
/// </summary>
public sealed class FillStore(IKlantStore store, TimeProvider clock)
{
    /// <summary>Klanten that go to the store together.</summary>
    private const int LotSize = 10_000;

    private readonly CommitBuilder writer = new(new Publication(Enabled: false), clock);

    /// <param name="klanten">The klanten, without klantnummer.</param>
    /// <param name="auditContext">Who appears in the audit trails.</param>
    /// <param name="progress">Hears how many more are durable.</param>
    /// <param name="cancellationToken">Stops between two lots.</param>
    public async Task ExecuteAsync(IEnumerable<Klant> klanten, AuditContext auditContext, IProgress<int> progress, CancellationToken cancellationToken)
    {
        var bulkLoad = await store.BeginBulkLoadAsync(cancellationToken).ConfigureAwait(false);
        await using var end = bulkLoad.ConfigureAwait(false);
        // One lot is committed while the next one is made.
        var committing = Task.CompletedTask;
        foreach (var lot in klanten.Chunk(LotSize))
        {
            var commits = await NumberAsync(lot, auditContext, cancellationToken).ConfigureAwait(false);
            await committing.ConfigureAwait(false);
            committing = CommitAsync(bulkLoad, commits, progress, cancellationToken);
        }
        await committing.ConfigureAwait(false);
    }

    /// <summary>Takes the numbers of a bronorganisatie in one go.</summary>
    private async Task<List<KlantCommit>> NumberAsync(Klant[] lot, AuditContext auditContext, CancellationToken cancellationToken)
    {
        var next = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (bronorganisatie, count) in lot.CountBy(k => k.Bronorganisatie))
            next[bronorganisatie] = RegisterKlant.FirstKlantnummer - count
                + await store.NextNumberAsync(bronorganisatie, count, cancellationToken).ConfigureAwait(false);
        return [.. lot.Select(klant => Commit(klant, next[klant.Bronorganisatie]++, auditContext))];
    }

    private KlantCommit Commit(Klant klant, long number, AuditContext auditContext)
    {
        if (number > RegisterKlant.LastKlantnummer) throw new InvalidOperationException($"Bronorganisatie {klant.Bronorganisatie} has no klantnummers left.");
        var numbered = klant with { Klantnummer = number.ToString(CultureInfo.InvariantCulture) };
        return writer.Commit(KlantId.New(numbered.Bronorganisatie), null, null, numbered, Actie.Create, auditContext, default);
    }

    private async Task CommitAsync(IBulkLoad bulkLoad, List<KlantCommit> commits, IProgress<int> progress, CancellationToken cancellationToken)
    {
        while (commits.Count > 0)
        {
            var results = await bulkLoad.CommitAsync(commits, cancellationToken).ConfigureAwait(false);
            var refused = commits.Where((_, i) => results[i] != CommitResult.Committed).ToArray();
            progress.Report(commits.Count - refused.Length);
            if (refused.Length == 0) return;
            // Consumers took these numbers of their own accord: on to the next.
            commits = await NumberAsync(Array.ConvertAll(refused, c => c.After!), refused[0].AuditEntry!.AuditContext, cancellationToken).ConfigureAwait(false);
        }
    }
}
