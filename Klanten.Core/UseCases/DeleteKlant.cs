using Klanten.Core.Model;
using Klanten.Core.Storage;

namespace Klanten.Core.UseCases;

/// <summary>klant_delete: takes the klant away with its whole audit trail, and frees its klantnummer.</summary>
public sealed class DeleteKlant(IKlantStore store, TimeProvider clock)
{
    public Task<Outcome> ExecuteAsync(KlantId id, KlantUrl url, CancellationToken cancellationToken) =>
        Contention.RetryAsync(async () =>
        {
            if (await store.ReadAsync(id, cancellationToken).ConfigureAwait(false) is not { } before) return new Outcome.NotFound();
            var commit = KlantWriter.Deletion(before, KlantJson.Read(before.Json), url, clock.GetUtcNow());
            return await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false) == CommitResult.Committed
                ? new Outcome.Done(before)
                : null;
        }, clock, cancellationToken);
}
