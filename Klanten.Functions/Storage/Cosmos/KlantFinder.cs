using System.Net;
using Klanten.Core.Model;
using Klanten.Functions.Storage.Cosmos.Documents;
using Klanten.Functions.Storage.Cosmos.Moves;
using Klanten.Functions.Storage.Cosmos.Requests;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>Finds a klant in any partition. If its move is pending or its deletion is unfinished, that is completed first.</summary>
internal sealed class KlantFinder(CosmosAccess access, CosmosMoves moves, CosmosTrails trails)
{
    /// <summary>How often a read is repeated when a klant moves while it is being looked up.</summary>
    private const int MaxAttempts = 8;

    /// <summary>The klant, wherever it is; null when it does not exist.</summary>
    public async Task<KlantDocument?> FindAsync(KlantId id, CancellationToken cancellationToken)
    {
        var partition = id.Bronorganisatie;
        for (var attempt = 1; partition is not null && attempt <= MaxAttempts; attempt++)
        {
            switch (await access.ReadAsync(partition, id, cancellationToken))
            {
                case KlantDocument { Move: null } klant:
                    return klant;
                case KlantDocument pending:
                    await moves.EndAsync(pending);
                    break;
                case Forward { To: null } deleted:
                    await trails.ClearAsync(deleted);
                    return null;
                case Forward forward:
                    partition = forward.To;
                    break;
                default:
                    partition = null;
                    break;
            }
        }
        return await SearchAsync(id, cancellationToken);
    }

    /// <summary>The klant in a partition that has this klantnummer; if that klant has a pending move, the move is ended first.</summary>
    public async Task<KlantDocument?> FindHolderAsync(string bronorganisatie, string klantnummer, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var holder = await access.ReadHolderAsync(bronorganisatie, klantnummer, cancellationToken);
            if (holder?.Move is null || attempt == MaxAttempts) return holder;
            await moves.EndAsync(holder);
        }
    }

    /// <summary>The klant with its whole audit trail in its partition; null when it does not exist.</summary>
    public async Task<KlantDocument?> FindWithTrailAsync(KlantId id, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var klant = await FindAsync(id, cancellationToken);
            if (klant?.TrailStillIn is null) return klant;
            await trails.FinishAsync(klant);
        }
        throw new CosmosStoreException("trail.query", HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>
    /// Searches all partitions: for a uuid that was not generated here and so does not contain the partition, and before a klant is
    /// said not to exist.
    /// </summary>
    private async Task<KlantDocument?> SearchAsync(KlantId id, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var documents = await access.QueryAsync("klant.query", CosmosQueries.ById(id), null, cancellationToken);
            var slots = documents.ConvertAll(KlantSlot.Parse);
            var pending = slots.OfType<KlantDocument>().FirstOrDefault(klant => klant.Move is not null);
            if (pending is not null)
            {
                await moves.EndAsync(pending);
                continue;
            }
            foreach (var deleted in slots.OfType<Forward>().Where(forward => forward.To is null)) await trails.ClearAsync(deleted);
            return slots.OfType<KlantDocument>().FirstOrDefault();
        }
        throw new CosmosStoreException("klant.query", HttpStatusCode.ServiceUnavailable);
    }
}
