using System.Collections.Concurrent;
using System.Net;
using Klanten.Core.Model;
using Klanten.Functions.Storage.Cosmos.Documents;
using Klanten.Functions.Storage.Cosmos.Requests;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// The numbers for generated klantnummers. An instance takes a range of them from the counter of the bronorganisatie in one
/// request, and gives them out from memory. What is left of a range when the instance ends is never given out: numbers may have gaps.
/// </summary>
internal sealed class CosmosNumbers(CosmosAccess access)
{
    /// <summary>Large enough that the counter is no bottleneck, small enough that an instance that restarts wastes few numbers.</summary>
    private const int RangeSize = 50;

    /// <summary>Klantnummers are short, so that a page of them holds many.</summary>
    private const int KlantnummersInPage = 1000;

    /// <summary>Ranges in memory, some 200 bytes each. Beyond it all are dropped, which leaves gaps.</summary>
    private const int MaxRanges = 10_000;

    private const int MaxAttempts = 3;

    private readonly ConcurrentDictionary<string, NumberRange> ranges = new(StringComparer.Ordinal);

    /// <summary>Takes successive numbers; returns the first.</summary>
    public async Task<long> TakeAsync(string bronorganisatie, long count, long from, CancellationToken cancellationToken)
    {
        if (count > 1) return await ReserveAsync(bronorganisatie, count, from, cancellationToken);
        if (ranges.Count > MaxRanges) ranges.Clear();
        var range = ranges.GetOrAdd(bronorganisatie, _ => new());
        if (range.Take(from) is { } number) return number;
        await range.Renewal.WaitAsync(cancellationToken);
        try
        {
            if (range.Take(from) is { } renewed) return renewed;
            // The first number of the new range is ours, so that no other caller can use up the range before us.
            var first = await ReserveAsync(bronorganisatie, RangeSize, from, cancellationToken);
            range.Renew(first + 1, RangeSize - 1);
            return first;
        }
        finally
        {
            range.Renewal.Release();
        }
    }

    /// <summary>The first number that no klant has. It reads the klantnummers in order, up to the first gap.</summary>
    /// <remarks>A read may be stale; the commit then detects that the number is taken, and the search goes on from there.</remarks>
    public async Task<long> FindFreeAsync(string bronorganisatie, long from, CancellationToken cancellationToken)
    {
        if (GeneratedKlantnummer.Format(from) is not { } klantnummer) return from;
        var query = CosmosQueries.KlantnummersFrom(bronorganisatie, klantnummer);
        await foreach (var page in access.QueryPagesAsync(
            "klantnummers.query", query, bronorganisatie, cancellationToken, KlantnummersInPage))
        {
            foreach (var json in page)
            {
                // Klantnummers of another form, which consumers chose, may stand in between.
                if (GeneratedKlantnummer.Parse(JsonSlices.GetString(json, "klantnummer"u8)!) is not { } number) continue;
                if (number > from) return from;
                from = number + 1;
            }
        }
        return from;
    }

    /// <summary>Raises the counter; the numbers between its old and its new value are ours, from the returned one on.</summary>
    private async Task<long> ReserveAsync(string bronorganisatie, long count, long from, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await TryReserveAsync(bronorganisatie, count, from, cancellationToken) is { } first) return first;
            }
            catch (CosmosStoreException fault) when (fault.Status.IsUnanswered && attempt < MaxAttempts)
            {
                // If the lost request did raise the counter, the numbers in between are never used. Gaps are allowed.
            }
        }
    }

    /// <returns>Null when another instance was first; its write succeeded, so that one of all instances always makes progress.</returns>
    private async Task<long?> TryReserveAsync(string bronorganisatie, long count, long from, CancellationToken cancellationToken)
    {
        if (from > 1) return await TryPassAsync(bronorganisatie, count, from, cancellationToken);
        if (await access.IncrementKlantnummerAsync(bronorganisatie, count, cancellationToken) is { } last) return last - count + 1;
        return await TryWriteAsync(bronorganisatie, new Step.Create(new KlantnummerCounter(bronorganisatie, count).ToJson())) ? 1 : null;
    }

    /// <summary>
    /// Moves the counter past numbers that klanten have. It depends on the ETag: instances that pass the same numbers at the same time
    /// would otherwise each add the whole distance.
    /// </summary>
    private async Task<long?> TryPassAsync(string bronorganisatie, long count, long from, CancellationToken cancellationToken)
    {
        var (last, etag) = await access.ReadKlantnummerAsync(bronorganisatie, cancellationToken);
        var first = Math.Max(last + 1, from);
        var counter = new KlantnummerCounter(bronorganisatie, first + count - 1).ToJson();
        Step step = etag is null ? new Step.Create(counter) : new Step.Replace(KlantnummerCounter.CreateId(bronorganisatie), counter, etag);
        return await TryWriteAsync(bronorganisatie, step) ? first : null;
    }

    private async Task<bool> TryWriteAsync(string bronorganisatie, Step step)
    {
        const string Operation = "klantnummers.write";
        var answer = await access.ExecuteAsync(Operation, bronorganisatie, [step]);
        if (answer.Succeeded) return true;
        if (answer.Code is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed) return false;
        throw new CosmosStoreException(Operation, answer.Status);
    }
}
