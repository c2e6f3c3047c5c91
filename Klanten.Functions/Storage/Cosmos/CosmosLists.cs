using Klanten.Core.Model;
using Klanten.Core.Ports;

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

    /// <returns>The page, and whether moves are pending, because of which a klant may be in it twice or not at all.</returns>
    private async Task<(KlantPage? Page, bool Undecided)> ReadAsync(
        KlantFilter filter, PageRequest request, CancellationToken cancellationToken)
    {
        // Most filters are a key that few klanten have, so all of them are asked for, in no order, and that gives the count too. A
        // whole register seldom fits on one page: there the page and the count are requested in parallel, below.
        if (request.Number == 1 && !IsCounted(filter))
        {
            var found = await MatchesAsync(filter, cancellationToken);
            if (found.Count <= PageRequest.Size) return Answer(1, found, new(found.Count, 0));
        }
        if (request.Number is { } number)
        {
            if (Skip(number) > int.MaxValue) return (null, false);
            if (number == 1 || !IsCounted(filter))
            {
                var page = PageAsync(filter, number, filter[FilterFields.Bronorganisatie], cancellationToken);
                var count = CountAsync(filter, cancellationToken);
                await Task.WhenAll(page, count);
                return Answer(number, await page, await count);
            }
        }
        // The klanten before the page cost request units, and in a query over several partitions the SDK downloads them to skip
        // them. The counters are therefore read first: they show whether the page exists, and whether one partition has it all.
        var (total, partition) = await CountAndLocateAsync(filter, cancellationToken);
        var last = PageRequest.LastPage(total.Klanten);
        var wanted = request.Number ?? last;
        if (wanted > last && total.Moves == 0) return (null, false);
        return Answer(wanted, await PageAsync(filter, wanted, partition, cancellationToken), total);
    }

    private static (KlantPage? Page, bool Undecided) Answer(int number, List<KlantDocument> klanten, Counts counts)
    {
        var undecided = counts.Moves > 0 || klanten.Exists(k => k.Move is not null);
        if (klanten.Count == 0 && number > 1) return (null, undecided);
        // The page and the count are read at different moments. A page that is not full is the last one, so it gives the count.
        var seen = Skip(number) + klanten.Count;
        var count = klanten.Count < PageRequest.Size ? seen : Math.Max(counts.Klanten, seen);
        return (new(count, number, new(klanten.ConvertAll(k => k.ToStoredKlant()))), undecided);
    }

    private async Task<List<KlantDocument>> PageAsync(
        KlantFilter filter, int number, string? partition, CancellationToken cancellationToken)
    {
        var query = CosmosQueries.Page(filter, Skip(number));
        var documents = await access.QueryAsync("klanten.page", query, partition, cancellationToken);
        return documents.ConvertAll(KlantDocument.Parse);
    }

    /// <summary>The klanten that match, oldest first; more than a page holds when there are more.</summary>
    private async Task<List<KlantDocument>> MatchesAsync(KlantFilter filter, CancellationToken cancellationToken)
    {
        var query = CosmosQueries.Matches(filter);
        var partition = filter[FilterFields.Bronorganisatie];
        var documents = await access.QueryAsync("klanten.matches", query, partition, cancellationToken, PageRequest.Size + 1);
        var klanten = documents.ConvertAll(KlantDocument.Parse);
        klanten.Sort((left, right) => string.CompareOrdinal(left.SortKey, right.SortKey));
        return klanten;
    }

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
