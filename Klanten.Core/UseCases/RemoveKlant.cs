using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Core.UseCases;

/// <summary>klant_delete: removes the klant with its whole audit trail, and frees its klantnummer.</summary>
public sealed class RemoveKlant(IKlantStore store, Publication publication, KlantTurns turns, TimeProvider clock)
{
    private readonly CommitBuilder commits = new(publication, clock);

    /// <summary>Removes the klant.</summary>
    /// <param name="id">The klant.</param>
    /// <param name="url">The public address of the klanten in this request, for the notification.</param>
    /// <param name="precondition">What the klant must satisfy, in the version that is removed; null when there is none.</param>
    /// <param name="cancellationToken">Stops before the commit; a commit that was sent is not cancelled.</param>
    /// <returns>
    /// <see cref="Outcome.Done"/>, <see cref="Outcome.NotFound"/>, <see cref="Outcome.PreconditionFailed"/> or
    /// <see cref="Outcome.Contended"/>.
    /// </returns>
    /// <exception cref="StoreBusyException">The store is out of capacity.</exception>
    public async Task<Outcome> ExecuteAsync(
        KlantId id, KlantUrl url, Precondition? precondition, CancellationToken cancellationToken)
    {
        using var turn = await turns.WaitAsync(id, cancellationToken).ConfigureAwait(false);
        return await Contention
            .RetryAsync(() => AttemptAsync(id, url, precondition, cancellationToken), clock, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <returns>Null when another request changed the klant after it was read.</returns>
    private async Task<Outcome?> AttemptAsync(
        KlantId id, KlantUrl url, Precondition? precondition, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(id, cancellationToken).ConfigureAwait(false) is not { } before)
        {
            return new Outcome.NotFound();
        }
        if (precondition?.Invoke(before) == false)
        {
            return new Outcome.PreconditionFailed();
        }
        var commit = commits.Deletion(before, KlantJson.Read(before.Json), url);
        var result = await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        return result == CommitResult.Committed ? new Outcome.Done(before.Id, before.Json) : null;
    }
}
