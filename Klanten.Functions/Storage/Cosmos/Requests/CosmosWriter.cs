using System.Net;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Cosmos.Requests;

/// <summary>Whether a write was carried out, as far as a read of the store shows.</summary>
internal enum WriteFate
{
    /// <summary>It was carried out.</summary>
    Done,

    /// <summary>It was not carried out, and sending it again can still succeed.</summary>
    NotDone,

    /// <summary>What the write was based on has changed, so sending it again cannot succeed.</summary>
    Overtaken,
}

/// <summary>
/// Sends a transaction until its result is known. The SDK does not retry a write whose answer was lost, because the write may
/// have been carried out. We read the documents back to find out.
/// </summary>
internal sealed class CosmosWriter(CosmosAccess access)
{
    private const int MaxAttempts = 4;

    /// <param name="operation">The name of the write in metrics and exceptions.</param>
    /// <param name="bronorganisatie">The partition.</param>
    /// <param name="steps">The transaction. It must be safe to send twice: the second time, it must be refused.</param>
    /// <param name="readBack">Reads whether the steps were carried out.</param>
    /// <returns>Success, or the refusal: 409 and 412 as Cosmos DB gives them, and 412 for a write that was overtaken.</returns>
    /// <exception cref="CosmosStoreException">The result is unknown: reading back failed too.</exception>
    public async Task<WriteAnswer> SendAsync(
        string operation, string bronorganisatie, IReadOnlyList<Step> steps, Func<Task<WriteFate>> readBack)
    {
        var uncertain = false;
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var answer = await ExecuteAsync(operation, bronorganisatie, steps, uncertain);
            if (answer.Succeeded) return answer;
            if (answer.Code == HttpStatusCode.NotFound && steps[answer.FailedStep] is Step.AddToCounts counts)
            {
                await EnsureCountersAsync(bronorganisatie, counts.Shard, uncertain);
                continue;
            }
            uncertain |= answer.Unknown;
            // A refusal does not prove that nothing happened: an earlier attempt, ours or one of the SDK's, may have been
            // carried out, and then the repeat is refused.
            switch (await ReadBackAsync(operation, readBack, uncertain))
            {
                case WriteFate.Done: return new(HttpStatusCode.OK);
                case WriteFate.Overtaken: return new(HttpStatusCode.PreconditionFailed);
                case WriteFate.NotDone when !answer.Unknown: return answer;
            }
        }
        throw new CosmosStoreException(operation, HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>
    /// Sends a transaction of which a second one is refused by an ETag or because a document is gone. If the first was carried out
    /// without an answer, the result is that refusal: the caller reads what is there, as after any refusal.
    /// </summary>
    public Task<WriteAnswer> SendAsync(string operation, string bronorganisatie, IReadOnlyList<Step> steps) =>
        SendAsync(operation, bronorganisatie, steps, () => Task.FromResult(WriteFate.NotDone));

    /// <remarks>
    /// "Busy" promises the consumer that nothing happened. Once an attempt has gone unanswered we can no longer promise that,
    /// so a 429 then counts as no answer.
    /// </remarks>
    private async Task<WriteAnswer> ExecuteAsync(string operation, string bronorganisatie, IReadOnlyList<Step> steps, bool uncertain)
    {
        try
        {
            return await access.ExecuteAsync(operation, bronorganisatie, steps);
        }
        catch (StoreBusyException) when (uncertain)
        {
            return new(HttpStatusCode.ServiceUnavailable);
        }
    }

    private async Task EnsureCountersAsync(string bronorganisatie, int shard, bool uncertain)
    {
        try
        {
            await access.CreateCountersAsync(bronorganisatie, shard, CancellationToken.None);
        }
        catch (CosmosStoreException fault) when (fault.Status.IsUnanswered)
        {
            // The next attempt of the transaction shows whether the counters exist.
        }
        catch (StoreBusyException) when (uncertain)
        {
            throw new CosmosStoreException("counters.create", HttpStatusCode.TooManyRequests);
        }
    }

    private static async Task<WriteFate> ReadBackAsync(string operation, Func<Task<WriteFate>> readBack, bool uncertain)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await readBack();
            }
            catch (Exception exception) when (uncertain && exception is (CosmosStoreException or StoreBusyException))
            {
                if (attempt == MaxAttempts) throw new CosmosStoreException(operation, HttpStatusCode.ServiceUnavailable);
            }
        }
    }
}
