using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;

namespace Klanten.Seed;

/// <summary>
/// Adds klanten that are valid already to a store. Each gets a generated klantnummer and an audit entry, as klant_create gives
/// it, but no notification.
/// </summary>
internal sealed class StoreFiller(IKlantStore store, TimeProvider clock)
{
    private const int BatchSize = 10_000;

    private readonly CommitBuilder builder = new(new Publication(Enabled: false), clock);

    /// <param name="klanten">The klanten, without klantnummer.</param>
    /// <param name="auditContext">The caller and the reason in the audit entries.</param>
    /// <param name="progress">Is told the number of klanten that a batch made durable.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public async Task ExecuteAsync(
        IEnumerable<Klant> klanten, AuditContext auditContext, Action<int> progress, CancellationToken cancellationToken)
    {
        await using var bulkLoad = await store.BeginBulkLoadAsync(cancellationToken);
        // One batch is committed while the next one is made.
        var committing = Task.CompletedTask;
        foreach (var batch in klanten.Chunk(BatchSize))
        {
            var commits = await NumberAsync(batch, auditContext, cancellationToken);
            await committing;
            committing = CommitAsync(bulkLoad, commits, auditContext, progress, cancellationToken);
        }
        await committing;
    }

    /// <summary>Gives the klanten their klantnummers, which it reserves at once for all klanten of a bronorganisatie.</summary>
    private async Task<List<KlantCommit>> NumberAsync(
        Klant[] klanten, AuditContext auditContext, CancellationToken cancellationToken)
    {
        var next = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (bronorganisatie, count) in klanten.CountBy(klant => klant.Bronorganisatie))
        {
            next[bronorganisatie] = await store.TakeNumbersAsync(bronorganisatie, count, 1, cancellationToken);
        }
        return [.. klanten.Select(klant => Commit(klant, next[klant.Bronorganisatie]++, auditContext))];
    }

    private KlantCommit Commit(Klant klant, long number, AuditContext auditContext)
    {
        var klantnummer = GeneratedKlantnummer.Format(number)
            ?? throw new InvalidOperationException($"Bronorganisatie {klant.Bronorganisatie} has no klantnummers left.");
        var numbered = klant with { Klantnummer = klantnummer };
        return builder.Commit(KlantId.New(numbered.Bronorganisatie), null, null, numbered, Actie.Create, auditContext, default);
    }

    private async Task CommitAsync(
        IBulkLoad bulkLoad,
        List<KlantCommit> commits,
        AuditContext auditContext,
        Action<int> progress,
        CancellationToken cancellationToken)
    {
        while (commits.Count > 0)
        {
            var results = await bulkLoad.CommitAsync(commits, cancellationToken);
            var refused = commits.Where((_, i) => results[i] != CommitResult.Committed).Select(commit => commit.After!).ToArray();
            progress(commits.Count - refused.Length);
            // A consumer may have used a reserved klantnummer itself; those klanten get the next numbers.
            commits = await NumberAsync(refused, auditContext, cancellationToken);
        }
    }
}
