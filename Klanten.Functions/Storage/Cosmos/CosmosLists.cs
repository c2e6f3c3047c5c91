using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos.Documents;
using Klanten.Functions.Storage.Cosmos.Moves;
using Klanten.Functions.Storage.Cosmos.Requests;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// Pages of klanten with their exact count, in at most two requests a page. Both are sent in parallel when it is certain that
/// both are needed.
/// </summary>
internal sealed class CosmosLists(CosmosAccess access, CosmosMoves moves)
{
    /// <summary>
    /// After this many attempts that each met a pending move, the last result is returned, in which a moving klant may be missing
    /// or be listed twice.
    /// </summary>
    private const int MaxAttempts = 4;

    public async Task<KlantPage?> ListAsync(KlantFilter filter, PageRequest request, CancellationToken cancellationToken)
    {
        var scope = filter[FilterFields.Bronorganisatie];
        for (var attempt = 1; ; attempt++)
        {
            var (page, undecided) = await ReadAsync(filter, request, cancellationToken);
            if (!undecided || attempt == MaxAttempts) return page;
            await EndMovesAsync(scope, cancellationToken);
        }
    }

    /// <summary>Reads the counters of all bronorganisaties, in one query.</summary>
    public async Task<KlantCounts> ReadCountsAsync(CancellationToken cancellationToken)
    {
        var counters = await access.QueryAsync("counters.query", CosmosQueries.Counters(), null, cancellationToken);
        var byBronorganisatie = counters.GroupBy(document => JsonSlices.GetString(document, "bronorganisatie"u8));
        return new(Sum(counters).Klanten, byBronorganisatie.Count(group => Sum([.. group]).Klanten > 0));
    }

    /// <returns>The page, and whether moves are pending, because of which a klant may be in it twice or not at all.</returns>
    private async Task<(KlantPage? Page, bool Undecided)> ReadAsync(
        KlantFilter filter, PageRequest request, CancellationToken cancellationToken)
    {
        // Most filters are a key that few klanten have, so all of them are asked for, in no order, and that gives the count too. A
        // whole register seldom fits on one page: there the page and the count are requested in parallel, below.
        if (request.Number == 1 && !IsCounted(filter))
        {
            var found = await MatchesAsync(filter, cancellationToken);
            if (found.Count <= PageRequest.Size) return Answer(filter, 1, found, new(found.Count, 0));
        }
        if (request.Number is { } number)
        {
            if (Skip(number) > int.MaxValue) return (null, false);
            if (number == 1 || !IsCounted(filter))
            {
                var page = PageAsync(filter, number, filter[FilterFields.Bronorganisatie], cancellationToken);
                var count = CountAsync(filter, cancellationToken);
                await Task.WhenAll(page, count);
                return Answer(filter, number, await page, await count);
            }
        }
        // The klanten before the page cost request units, and in a query over several partitions the SDK downloads them to skip
        // them. The counters are therefore read first: they show whether the page exists, and whether one partition has it all.
        var (total, partition) = await CountAndLocateAsync(filter, cancellationToken);
        var last = PageRequest.LastPage(total.Klanten);
        var wanted = request.Number ?? last;
        if (wanted > last && total.Moves == 0) return (null, false);
        return Answer(filter, wanted, await PageAsync(filter, wanted, partition, cancellationToken), total);
    }

    private (KlantPage? Page, bool Undecided) Answer(KlantFilter filter, int number, PageBuffer found, Counts counts)
    {
        var undecided = counts.Moves > 0 || found.HasMoves;
        if (found.Count == 0 && number > 1) return (null, undecided);
        // The page and the count are read at different moments. A page that is not full is the last one, so it gives the count.
        var seen = Skip(number) + found.Count;
        var count = found.Count < PageRequest.Size ? seen : Math.Max(counts.Klanten, seen);
        return (new(count, number, ToChunk(filter, found, found.Rest)), undecided);
    }

    private Task<PageBuffer> PageAsync(KlantFilter filter, int number, string? partition, CancellationToken cancellationToken) =>
        QueryAsync("klanten.page", CosmosQueries.Page(filter, Skip(number)), partition, cancellationToken);

    /// <summary>The klanten that match; one more than a page holds when there are more.</summary>
    private Task<PageBuffer> MatchesAsync(KlantFilter filter, CancellationToken cancellationToken) =>
        QueryAsync("klanten.matches", CosmosQueries.Matches(filter), filter[FilterFields.Bronorganisatie], cancellationToken);

    private async Task<PageBuffer> QueryAsync(
        string operation, QueryDefinition query, string? partition, CancellationToken cancellationToken)
    {
        var found = new PageBuffer();
        await foreach (var answer in access.QueryPagesAsync(operation, query, partition, cancellationToken, PageRequest.Size + 1))
        {
            foreach (var json in answer) found.Add(KlantDocument.Parse(json));
        }
        return found;
    }

    private Chunk<StoredKlant> ToChunk(KlantFilter filter, PageBuffer found, ReadOnlyMemory<KlantId> rest)
    {
        if (rest.IsEmpty) return new(found.Klanten);
        var portion = Math.Min(found.Portion, rest.Length);
        return new(found.Klanten, cancellationToken => ReadRestAsync(filter, rest, portion, cancellationToken));
    }

    /// <summary>Reads klanten of a page that was found, for as far as they exist and match the filter still.</summary>
    private async ValueTask<Chunk<StoredKlant>> ReadRestAsync(
        KlantFilter filter, ReadOnlyMemory<KlantId> rest, int portion, CancellationToken cancellationToken)
    {
        var scope = filter[FilterFields.Bronorganisatie];
        var query = CosmosQueries.Klanten(filter, rest[..portion]);
        for (var attempt = 1; ; attempt++)
        {
            var found = await QueryAsync("klanten.rest", query, scope, cancellationToken);
            if (!found.HasMoves || attempt == MaxAttempts) return ToChunk(filter, found, After(rest, portion, found));
            await EndMovesAsync(scope, cancellationToken);
        }
    }

    /// <summary>What is left of the klanten after a portion of them was asked for and as many were found as fit in a chunk.</summary>
    private static ReadOnlyMemory<KlantId> After(ReadOnlyMemory<KlantId> rest, int portion, PageBuffer found) =>
        found.Rest is [var next, ..] ? rest[rest.Span.IndexOf(next)..] : rest[portion..];

    /// <summary>How many klanten match, and the partition that has them all; null when several partitions may have some.</summary>
    private async Task<(Counts Total, string? Partition)> CountAndLocateAsync(KlantFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Criteria.Count > 0)
            return (await CountAsync(filter, cancellationToken), filter[FilterFields.Bronorganisatie]);
        var counters = await access.QueryAsync("counters.query", CosmosQueries.Counters(), null, cancellationToken);
        var filled = counters
            .FindAll(document => Counts.Parse(document) != default)
            .Select(document => JsonSlices.GetString(document, "bronorganisatie"u8)!)
            .Distinct()
            .ToList();
        return (Sum(counters), filled is [var only] ? only : null);
    }

    private async Task<Counts> CountAsync(KlantFilter filter, CancellationToken cancellationToken)
    {
        var bronorganisatie = filter[FilterFields.Bronorganisatie];
        if (!IsCounted(filter))
            return Sum(await access.QueryAsync("klanten.count", CosmosQueries.Count(filter), bronorganisatie, cancellationToken));
        if (bronorganisatie is null)
            return Sum(await access.QueryAsync("counters.query", CosmosQueries.Counters(), null, cancellationToken));
        var ofOne = CosmosQueries.CountersOf(bronorganisatie);
        return Sum(await access.QueryAsync("counters.query", ofOne, bronorganisatie, cancellationToken));
    }

    private async Task EndMovesAsync(string? bronorganisatie, CancellationToken cancellationToken)
    {
        foreach (var json in await access.QueryAsync("moves.query", CosmosQueries.Moves(), bronorganisatie, cancellationToken))
            await moves.EndAsync(KlantDocument.Parse(json));
    }

    private static Counts Sum(List<ReadOnlyMemory<byte>> documents) =>
        documents.Aggregate(default(Counts), (sum, document) => sum + Counts.Parse(document));

    /// <summary>Whether the counters hold the count: without filters, and with a filter on bronorganisatie alone.</summary>
    private static bool IsCounted(KlantFilter filter) =>
        filter.Criteria.Count == 0 || (filter.Criteria.Count == 1 && filter[FilterFields.Bronorganisatie] is not null);

    private static long Skip(int number) => (number - 1L) * PageRequest.Size;
}
