using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>How a write ended. It has happened, or it was refused, or nobody knows.</summary>
/// <param name="Status">The answer; of a batch, that of the step at fault.</param>
/// <param name="FailedStep">Index of the step at fault.</param>
/// <param name="ETag">What the first step gave its document; null when that is not known.</param>
internal readonly record struct WriteAnswer(HttpStatusCode Status, int FailedStep = 0, string? ETag = null)
{
    public bool Succeeded => (int)Status is >= 200 and < 300;

    /// <summary>The request may have arrived, and the answer did not.</summary>
    public bool Unknown => CosmosAccess.IsUnanswered(Status);
}

/// <summary>
/// The requests that the store makes, one method each: measured, and with every failure told in this project's own words.
/// Nothing of the SDK's exceptions gets out: their texts are not ours to vouch for (D8).
/// </summary>
/// <param name="container">What is asked.</param>
/// <param name="metrics">Hears what each request cost.</param>
/// <param name="creation">Sees to it that the container is there; null where it is known to be.</param>
internal sealed class CosmosAccess(Container container, CosmosMetrics metrics, ContainerInitializer? creation = null)
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>What stands under a klant's id; null when nothing does, or something else.</summary>
    public async Task<KlantSlot?> ReadAsync(string bronorganisatie, KlantId id, CancellationToken cancellationToken) =>
        await ReadDocumentAsync("klant.read", bronorganisatie, id.ToString(), cancellationToken) is { } json ? KlantSlot.Parse(json) : null;

    /// <summary>The counters of a bronorganisatie; zero when it has none yet.</summary>
    public async Task<Counts> ReadCountsAsync(string bronorganisatie, CancellationToken cancellationToken) =>
        await ReadDocumentAsync("counters.read", bronorganisatie, Counters.CreateId(bronorganisatie), cancellationToken) is { } json ? Counts.Parse(json) : default;

    /// <summary>The version of a document; null when there is none.</summary>
    public async Task<string?> ReadETagAsync(string bronorganisatie, string id, CancellationToken cancellationToken) =>
        await ReadDocumentAsync("document.read", bronorganisatie, id, cancellationToken) is { } json ? JsonSlices.GetString(json, "_etag"u8) : null;

    /// <summary>All results of a query, within one partition or (null) across all.</summary>
    public async Task<List<ReadOnlyMemory<byte>>> QueryAsync(string operation, QueryDefinition query, string? bronorganisatie, CancellationToken cancellationToken)
    {
        var results = new List<ReadOnlyMemory<byte>>();
        await foreach (var page in QueryPagesAsync(operation, query, bronorganisatie, cancellationToken)) results.AddRange(page);
        return results;
    }

    /// <summary>The results of a query, as far as they are asked for.</summary>
    public async IAsyncEnumerable<List<ReadOnlyMemory<byte>>> QueryPagesAsync(
        string operation, QueryDefinition query, string? bronorganisatie, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new QueryRequestOptions
        {
            PartitionKey = bronorganisatie is null ? null : new PartitionKey(bronorganisatie),
            MaxItemCount = PageRequest.Size,
            MaxConcurrency = -1,
        };
        using var pages = container.GetItemQueryStreamIterator(query, requestOptions: options);
        while (pages.HasMoreResults)
        {
            using var answer = await SendAsync(operation, () => pages.ReadNextAsync(cancellationToken), cancellationToken);
            if (!answer.IsSuccessStatusCode) throw Fault(operation, answer.StatusCode, answer.Headers["x-ms-retry-after-ms"]);
            yield return JsonSlices.ParseDocuments(Bytes(answer));
        }
    }

    /// <summary>Sends steps as one transaction.</summary>
    /// <exception cref="StoreBusyException">None of it happened.</exception>
    /// <exception cref="KlantTooLargeException">None of it happened.</exception>
    public async Task<WriteAnswer> ExecuteAsync(string operation, string bronorganisatie, IReadOnlyList<Step> steps)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await ReadyAsync(CancellationToken.None);
            using var answer = await Batch(bronorganisatie, steps).ExecuteAsync();
            metrics.Record(operation, answer.StatusCode, answer.Headers.RequestCharge, Stopwatch.GetElapsedTime(started));
            if (answer.IsSuccessStatusCode) return new(HttpStatusCode.OK, ETag: answer[0].ETag);
            // Steps that were not to blame get 424 (failed dependency).
            for (var i = 0; i < answer.Count; i++)
                if (!answer[i].IsSuccessStatusCode && answer[i].StatusCode != HttpStatusCode.FailedDependency)
                    return ThrowIfBusyOrTooLarge(operation, new(answer[i].StatusCode, i), answer.RetryAfter);
            return ThrowIfBusyOrTooLarge(operation, new(answer.StatusCode), answer.RetryAfter);
        }
        catch (Exception exception) when (StatusOf(exception) is { } status)
        {
            metrics.Record(operation, status, 0, Stopwatch.GetElapsedTime(started));
            return ThrowIfBusyOrTooLarge(operation, new(status), null);
        }
    }

    /// <summary>Raises the counter of klantnummers and tells what it became; null when the bronorganisatie has no counters yet.</summary>
    public async Task<long?> IncrementKlantnummerAsync(string bronorganisatie, long increment, CancellationToken cancellationToken)
    {
        const string Operation = "counters.increment";
        using var answer = await SendAsync(Operation, () => container.PatchItemStreamAsync(
            Counters.CreateId(bronorganisatie), new(bronorganisatie), [PatchOperation.Increment(Counters.LastKlantnummerPath, increment)],
            new() { EnableContentResponseOnWrite = true }, cancellationToken), cancellationToken);
        if (IsMissing(answer)) return null;
        if (!answer.IsSuccessStatusCode) throw Fault(Operation, answer.StatusCode, answer.Headers["x-ms-retry-after-ms"]);
        return JsonSlices.GetInt64(Bytes(answer), "lastKlantnummer"u8);
    }

    /// <summary>Gives a bronorganisatie its counters; leaves them alone when it has them.</summary>
    public async Task CreateCountersAsync(string bronorganisatie, CancellationToken cancellationToken)
    {
        const string Operation = "counters.create";
        using var document = Stream(Counters.Create(bronorganisatie));
        using var answer = await SendAsync(Operation, () => container.CreateItemStreamAsync(document, new(bronorganisatie), cancellationToken: cancellationToken), cancellationToken);
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.Conflict) throw Fault(Operation, answer.StatusCode, answer.Headers["x-ms-retry-after-ms"]);
    }

    /// <summary>No answer, or one that leaves open whether the request was carried out.</summary>
    public static bool IsUnanswered(HttpStatusCode status) =>
        status is 0 or HttpStatusCode.RequestTimeout or HttpStatusCode.Gone or >= HttpStatusCode.InternalServerError;

    private async Task<ReadOnlyMemory<byte>?> ReadDocumentAsync(string operation, string bronorganisatie, string id, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(operation, () => container.ReadItemStreamAsync(id, new(bronorganisatie), cancellationToken: cancellationToken), cancellationToken);
        if (IsMissing(answer)) return null;
        return answer.IsSuccessStatusCode ? Bytes(answer) : throw Fault(operation, answer.StatusCode, answer.Headers["x-ms-retry-after-ms"]);
    }

    /// <summary>A 404 with a substatus tells of something else: a replica that lags behind, a container that is not there.</summary>
    private static bool IsMissing(ResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.NotFound && answer.Headers["x-ms-substatus"] is (null or "" or "0");

    private async Task<ResponseMessage> SendAsync(string operation, Func<Task<ResponseMessage>> send, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await ReadyAsync(cancellationToken);
            var answer = await send();
            metrics.Record(operation, answer.StatusCode, answer.Headers.RequestCharge, Stopwatch.GetElapsedTime(started));
            return answer;
        }
        catch (Exception exception) when (StatusOf(exception) is { } status)
        {
            cancellationToken.ThrowIfCancellationRequested();
            metrics.Record(operation, status, 0, Stopwatch.GetElapsedTime(started));
            throw Fault(operation, status, (exception as CosmosException)?.RetryAfter);
        }
    }

    private Task ReadyAsync(CancellationToken cancellationToken) => creation?.EnsureAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>What the SDK throws instead of answering; null for what is not the SDK's.</summary>
    private static HttpStatusCode? StatusOf(Exception exception) => exception switch
    {
        CosmosException cosmos => cosmos.StatusCode,
        HttpRequestException or OperationCanceledException or TimeoutException or IOException => default(HttpStatusCode),
        _ => null,
    };

    private static WriteAnswer ThrowIfBusyOrTooLarge(string operation, WriteAnswer answer, TimeSpan? retryAfter) => answer.Status switch
    {
        HttpStatusCode.TooManyRequests or RetryWith or HttpStatusCode.RequestEntityTooLarge => throw Fault(operation, answer.Status, retryAfter),
        _ => answer,
    };

    /// <summary>Conflicting writes at the same time: none of this one happened.</summary>
    private const HttpStatusCode RetryWith = (HttpStatusCode)449;

    private static Exception Fault(string operation, HttpStatusCode status, TimeSpan? retryAfter) => status switch
    {
        HttpStatusCode.TooManyRequests or RetryWith => new StoreBusyException(retryAfter ?? DefaultRetryAfter),
        HttpStatusCode.RequestEntityTooLarge => new KlantTooLargeException(),
        _ => new CosmosStoreException(operation, status),
    };

    private static Exception Fault(string operation, HttpStatusCode status, string? retryAfterMilliseconds) =>
        Fault(operation, status, double.TryParse(retryAfterMilliseconds, CultureInfo.InvariantCulture, out var wait) ? TimeSpan.FromMilliseconds(wait) : null);

    private TransactionalBatch Batch(string bronorganisatie, IReadOnlyList<Step> steps)
    {
        var batch = container.CreateTransactionalBatch(new(bronorganisatie));
        foreach (var step in steps)
            _ = step switch
            {
                Step.Create create => batch.CreateItemStream(Stream(create.Document)),
                Step.Upsert upsert => batch.UpsertItemStream(Stream(upsert.Document)),
                Step.Replace replace => batch.ReplaceItemStream(replace.Id, Stream(replace.Document), new() { IfMatchEtag = replace.ETag }),
                Step.Delete delete => batch.DeleteItem(delete.Id, new() { IfMatchEtag = delete.ETag }),
                Step.Guard guard => batch.PatchItem(guard.Id, [PatchOperation.Increment("/auditCount", 0)], new() { IfMatchEtag = guard.ETag }),
                Step.AddToCounts counts => batch.PatchItem(Counters.CreateId(bronorganisatie), Increments(counts)),
                _ => throw new ArgumentException("Unknown step.", nameof(steps)),
            };
        return batch;
    }

    private static List<PatchOperation> Increments(Step.AddToCounts counts)
    {
        var operations = new List<PatchOperation>();
        if (counts.Klanten != 0) operations.Add(PatchOperation.Increment(Counters.KlantCountPath, counts.Klanten));
        if (counts.Moves != 0) operations.Add(PatchOperation.Increment(Counters.MoveCountPath, counts.Moves));
        return operations;
    }

    private static MemoryStream Stream(ReadOnlyMemory<byte> document) =>
        MemoryMarshal.TryGetArray(document, out var array)
            ? new(array.Array!, array.Offset, array.Count, writable: false, publiclyVisible: true)
            : new(document.ToArray(), writable: false);

    private static ReadOnlyMemory<byte> Bytes(ResponseMessage answer)
    {
        var content = answer.Content;
        if (content is MemoryStream memory && memory.TryGetBuffer(out var buffer)) return buffer.AsMemory();
        var bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        return bytes;
    }
}
