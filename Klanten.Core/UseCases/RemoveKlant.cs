using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Core.UseCases;

/// <summary>klant_delete: takes the klant away with its whole audit trail, and frees its klantnummer.</summary>
public sealed class RemoveKlant(IKlantStore store, Publication publication, TimeProvider clock)
{
    private readonly CommitBuilder writer = new(publication, clock);

    public Task<Outcome> ExecuteAsync(KlantId id, KlantUrl url, CancellationToken cancellationToken) =>
        Contention.RetryAsync(async () =>
        {
            if (await store.ReadAsync(id, cancellationToken).ConfigureAwait(false) is not { } before) return new Outcome.NotFound();
            var commit = writer.Deletion(before, KlantJson.Read(before.Json), url);
            return await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false) == CommitResult.Committed
                ? new Outcome.Done(before.Id, before.Json)
                : null;
        }, clock, cancellationToken);
}
