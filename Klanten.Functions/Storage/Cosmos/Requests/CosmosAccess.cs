using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Azure.Identity;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos.Documents;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos.Requests;

/// <summary>Result of a write: succeeded, refused, or unknown (no answer came).</summary>
/// <param name="Status">The status of the answer; for a batch, that of the step that failed.</param>
/// <param name="FailedStep">Index of the step that failed.</param>
/// <param name="ETag">The new ETag of the first step's document; null when it is not known.</param>
internal readonly record struct WriteAnswer(CosmosStatus Status, int FailedStep = 0, string? ETag = null)
{
    public bool Succeeded => Status.IsSuccess;

    public HttpStatusCode Code => Status.Code;

    /// <summary>The request may have been carried out, although no answer says so.</summary>
    public bool Unknown => Status.IsUnanswered;
}

/// <summary>
/// The requests that the store makes, one method each. It records the cost of every request, and turns every failure into an
/// exception of this project: the texts of the SDK's exceptions may contain ids and values of klanten and must not be logged.
/// </summary>
/// <param name="container">The container that holds all documents.</param>
/// <param name="metrics">Records what each request cost.</param>
/// <param name="writeRegion">Keeps reads in the region that takes the writes (ADR 16).</param>
/// <param name="initializer">Creates the container when it is missing; null where the container is known to exist.</param>
internal sealed class CosmosAccess(
    Container container, CosmosMetrics metrics, WriteRegion writeRegion, ContainerInitializer? initializer = null)
{
    private const string RetryAfterHeader = "x-ms-retry-after-ms";

    private const string SubstatusHeader = "x-ms-substatus";

    /// <summary>
    /// The SDK retries 449 only for some time, all competing writers at the same moments, and not at all when it is the status of a
    /// step within a transaction.
    /// </summary>
    private const int MaxAttemptsAfterConflict = 6;

    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>The klant with this id, or its forwarding address; null when the partition has neither.</summary>
    public async Task<KlantSlot?> ReadAsync(string bronorganisatie, KlantId id, CancellationToken cancellationToken)
    {
        var json = await ReadDocumentAsync("klant.read", bronorganisatie, id.ToString(), cancellationToken);
        return json is null ? null : KlantSlot.Parse(json.Value);
    }

    /// <summary>
    /// The klant in the partition that has this klantnummer, which may be a pending one (<see cref="Move"/>); null when none has it.
    /// </summary>
    public async Task<KlantDocument?> ReadHolderAsync(string bronorganisatie, string klantnummer, CancellationToken cancellationToken)
    {
        var query = CosmosQueries.Holder(bronorganisatie, klantnummer);
        var found = await QueryAsync("klantnummer.query", query, bronorganisatie, cancellationToken);
        return found is [var holder, ..] ? KlantDocument.Parse(holder) : null;
    }

    /// <summary>The ETag of a document; null when the document does not exist.</summary>
    public async Task<string?> ReadETagAsync(string bronorganisatie, string id, CancellationToken cancellationToken)
    {
        var json = await ReadDocumentAsync("document.read", bronorganisatie, id, cancellationToken);
        return json is null ? null : JsonSlices.GetString(json.Value, "_etag"u8);
    }

    /// <summary>All results of a query, within one partition or (null) across all.</summary>
    public async Task<List<ReadOnlyMemory<byte>>> QueryAsync(
        string operation,
        QueryDefinition query,
        string? bronorganisatie,
        CancellationToken cancellationToken,
        int pageSize = PageRequest.Size)
    {
        var results = new List<ReadOnlyMemory<byte>>();
        await foreach (var page in QueryPagesAsync(operation, query, bronorganisatie, cancellationToken, pageSize)) results.AddRange(page);
        return results;
    }

    /// <summary>The results of a query, page by page: a page is requested when the caller asks for it.</summary>
    public async IAsyncEnumerable<List<ReadOnlyMemory<byte>>> QueryPagesAsync(
        string operation,
        QueryDefinition query,
        string? bronorganisatie,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        int pageSize = PageRequest.Size)
    {
        var options = new QueryRequestOptions
        {
            ExcludeRegions = await OtherRegionsAsync(operation, cancellationToken),
            PartitionKey = bronorganisatie is null ? null : new PartitionKey(bronorganisatie),
            MaxItemCount = pageSize,
            MaxConcurrency = -1,
        };
        using var pages = container.GetItemQueryStreamIterator(query, requestOptions: options);
        while (pages.HasMoreResults)
        {
            using var answer = await SendAsync(operation, () => pages.ReadNextAsync(cancellationToken), cancellationToken);
            if (!answer.IsSuccessStatusCode) throw Fault(operation, answer);
            yield return JsonSlices.ParseDocuments(Bytes(answer));
        }
    }

    /// <summary>Sends steps as one transaction.</summary>
    /// <exception cref="StoreBusyException">None of the steps was carried out.</exception>
    /// <exception cref="KlantTooLargeException">None of the steps was carried out.</exception>
    public async Task<WriteAnswer> ExecuteAsync(string operation, string bronorganisatie, IReadOnlyList<Step> steps)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await ExecuteOnceAsync(operation, bronorganisatie, steps);
            if (answer.Code != CosmosStatus.RetryWith || attempt == MaxAttemptsAfterConflict) return answer;
            await DelayAfterConflictAsync(attempt, CancellationToken.None);
        }
    }

    /// <summary>Random delays (jitter) keep the competing writers apart.</summary>
    private static Task DelayAfterConflictAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(Random.Shared.Next(1, 10 << attempt), cancellationToken);

    private async Task<WriteAnswer> ExecuteOnceAsync(string operation, string bronorganisatie, IReadOnlyList<Step> steps)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await writeRegion.OthersAsync(CancellationToken.None);
            await EnsureContainerAsync(CancellationToken.None);
            using var answer = await CreateBatch(bronorganisatie, steps).ExecuteAsync();
            var result = ResultOf(answer);
            metrics.Record(operation, result.Status, answer.Headers.RequestCharge, Stopwatch.GetElapsedTime(started));
            return ThrowIfBusyOrTooLarge(operation, result, answer.RetryAfter);
        }
        catch (Exception exception) when (StatusOf(exception) is { } status)
        {
            metrics.Record(operation, status, 0, Stopwatch.GetElapsedTime(started));
            return ThrowIfBusyOrTooLarge(operation, new(status), null);
        }
    }

    /// <remarks>In a batch that fails, only the failed step has its own status; the others have 424 (failed dependency).</remarks>
    private static WriteAnswer ResultOf(TransactionalBatchResponse answer)
    {
        if (answer.IsSuccessStatusCode) return new(HttpStatusCode.OK, ETag: answer[0].ETag);
        var substatus = ParseSubstatus(answer.Headers);
        for (var i = 0; i < answer.Count; i++)
        {
            var code = answer[i].StatusCode;
            if (!answer[i].IsSuccessStatusCode && code != HttpStatusCode.FailedDependency)
                return new(CosmosStatus.OfStep(code, substatus), i);
        }
        return new(new CosmosStatus(answer.StatusCode, substatus));
    }

    /// <summary>The last number that was given out, with the ETag of the counter; 0 and null when there is no counter yet.</summary>
    public async Task<(long Last, string? ETag)> ReadKlantnummerAsync(string bronorganisatie, CancellationToken cancellationToken)
    {
        var id = KlantnummerCounter.CreateId(bronorganisatie);
        var json = await ReadDocumentAsync("klantnummers.read", bronorganisatie, id, cancellationToken);
        if (json is null) return default;
        var counter = KlantnummerCounter.Parse(json.Value);
        return (counter.Last, counter.ETag);
    }

    /// <summary>Adds to the last number that was given out, and returns the result; null when there is no counter yet.</summary>
    public async Task<long?> IncrementKlantnummerAsync(string bronorganisatie, long increment, CancellationToken cancellationToken)
    {
        const string Operation = "klantnummers.increment";
        var options = new PatchItemRequestOptions { EnableContentResponseOnWrite = true };
        PatchOperation[] patch = [PatchOperation.Increment(KlantnummerCounter.LastPath, increment)];
        for (var attempt = 1; ; attempt++)
        {
            using var answer = await SendAsync(
                Operation,
                () => container.PatchItemStreamAsync(
                    KlantnummerCounter.CreateId(bronorganisatie), new(bronorganisatie), patch, options, cancellationToken),
                cancellationToken);
            if (answer.StatusCode == CosmosStatus.RetryWith && attempt < MaxAttemptsAfterConflict)
            {
                await DelayAfterConflictAsync(attempt, cancellationToken);
                continue;
            }
            if (IsMissing(answer)) return null;
            if (!answer.IsSuccessStatusCode) throw Fault(Operation, answer);
            return KlantnummerCounter.Parse(Bytes(answer)).Last;
        }
    }

    /// <summary>Creates one shard of the counters of a bronorganisatie. An existing one stays as it is.</summary>
    public async Task CreateCountersAsync(string bronorganisatie, int shard, CancellationToken cancellationToken)
    {
        const string Operation = "counters.create";
        using var document = Stream(new Counters(bronorganisatie, shard).ToJson());
        using var answer = await SendAsync(
            Operation,
            () => container.CreateItemStreamAsync(document, new(bronorganisatie), cancellationToken: cancellationToken),
            cancellationToken);
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.Conflict) throw Fault(Operation, answer);
    }

    private async Task<ReadOnlyMemory<byte>?> ReadDocumentAsync(
        string operation, string bronorganisatie, string id, CancellationToken cancellationToken)
    {
        var others = await OtherRegionsAsync(operation, cancellationToken);
        var options = others is null ? null : new ItemRequestOptions { ExcludeRegions = others };
        using var answer = await SendAsync(
            operation,
            () => container.ReadItemStreamAsync(id, new(bronorganisatie), options, cancellationToken),
            cancellationToken);
        if (IsMissing(answer)) return null;
        if (!answer.IsSuccessStatusCode) throw Fault(operation, answer);
        return Bytes(answer);
    }

    /// <summary>
    /// Whether the document does not exist. A 404 with a substatus has another cause: replica lag (1002), or no such container.
    /// </summary>
    private static bool IsMissing(ResponseMessage answer) => StatusOf(answer) is { Code: HttpStatusCode.NotFound, Substatus: 0 };

    /// <summary>The regions that a read must not go to; null when there is one region.</summary>
    private async Task<List<string>?> OtherRegionsAsync(string operation, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await writeRegion.OthersAsync(cancellationToken);
        }
        catch (Exception exception) when (StatusOf(exception) is { } status)
        {
            cancellationToken.ThrowIfCancellationRequested();
            metrics.Record(operation, status, 0, Stopwatch.GetElapsedTime(started));
            throw Fault(operation, status, null);
        }
    }

    private async Task<ResponseMessage> SendAsync(string operation, Func<Task<ResponseMessage>> send, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await EnsureContainerAsync(cancellationToken);
            var answer = await send();
            var status = StatusOf(answer);
            if (status.IsUnanswered) writeRegion.Forget();
            metrics.Record(operation, status, answer.Headers.RequestCharge, Stopwatch.GetElapsedTime(started));
            return answer;
        }
        catch (Exception exception) when (StatusOf(exception) is { } status)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writeRegion.Forget();
            metrics.Record(operation, status, 0, Stopwatch.GetElapsedTime(started));
            throw Fault(operation, status, (exception as CosmosException)?.RetryAfter);
        }
    }

    private Task EnsureContainerAsync(CancellationToken cancellationToken) =>
        initializer?.EnsureAsync(cancellationToken) ?? Task.CompletedTask;

    private static CosmosStatus StatusOf(ResponseMessage answer) => new(answer.StatusCode, ParseSubstatus(answer.Headers));

    /// <summary>The status in an exception of the SDK; null for an exception of another kind.</summary>
    private static CosmosStatus? StatusOf(Exception exception) => exception switch
    {
        CosmosException cosmos => new(cosmos.StatusCode, cosmos.SubStatusCode),
        HttpRequestException or OperationCanceledException or TimeoutException or IOException => CosmosStatus.None,
        // The program's identity got no token, so that nothing was sent.
        AuthenticationFailedException => HttpStatusCode.Unauthorized,
        _ => null,
    };

    private static int ParseSubstatus(Headers headers) =>
        int.TryParse(headers[SubstatusHeader], CultureInfo.InvariantCulture, out var substatus) ? substatus : 0;

    private static WriteAnswer ThrowIfBusyOrTooLarge(string operation, WriteAnswer answer, TimeSpan? retryAfter)
    {
        if (answer.Code is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestEntityTooLarge)
            throw Fault(operation, answer.Status, retryAfter);
        return answer;
    }

    private static Exception Fault(string operation, ResponseMessage answer)
    {
        var hasWait = double.TryParse(answer.Headers[RetryAfterHeader], CultureInfo.InvariantCulture, out var wait);
        return Fault(operation, StatusOf(answer), hasWait ? TimeSpan.FromMilliseconds(wait) : null);
    }

    private static Exception Fault(string operation, CosmosStatus status, TimeSpan? retryAfter) => status.Code switch
    {
        HttpStatusCode.TooManyRequests => new StoreBusyException(retryAfter ?? DefaultRetryAfter),
        HttpStatusCode.RequestEntityTooLarge => new KlantTooLargeException(),
        _ => new CosmosStoreException(operation, status),
    };

    private TransactionalBatch CreateBatch(string bronorganisatie, IReadOnlyList<Step> steps)
    {
        var batch = container.CreateTransactionalBatch(new(bronorganisatie));
        foreach (var step in steps) Add(batch, bronorganisatie, step);
        return batch;
    }

    private static void Add(TransactionalBatch batch, string bronorganisatie, Step step)
    {
        switch (step)
        {
            case Step.Create create:
                batch.CreateItemStream(Stream(create.Document));
                break;
            case Step.Upsert upsert:
                batch.UpsertItemStream(Stream(upsert.Document));
                break;
            case Step.Replace replace:
                batch.ReplaceItemStream(replace.Id, Stream(replace.Document), new() { IfMatchEtag = replace.ETag });
                break;
            case Step.Delete delete:
                batch.DeleteItem(delete.Id, new() { IfMatchEtag = delete.ETag });
                break;
            case Step.Guard guard:
                batch.PatchItem(guard.Id, [PatchOperation.Increment("/auditCount", 0)], new() { IfMatchEtag = guard.ETag });
                break;
            case Step.AddToCounts counts:
                batch.PatchItem(Counters.CreateId(bronorganisatie, counts.Shard), Increments(counts));
                break;
            default:
                throw new ArgumentException($"A {step.GetType().Name} cannot be part of a batch.", nameof(step));
        }
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
