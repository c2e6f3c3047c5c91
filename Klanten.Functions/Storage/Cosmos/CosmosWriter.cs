using System.Net;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>What became of a write, as read back from the store.</summary>
internal enum WriteFate
{
    /// <summary>It is there.</summary>
    Done,

    /// <summary>It is not there, and it can still be made.</summary>
    NotDone,

    /// <summary>It is not there, and others have changed what it was based on.</summary>
    Overtaken,
}

/// <summary>
/// Sends a transaction until its fate is known. The SDK does not repeat a write whose answer got lost, since it cannot know
/// whether it was carried out; reading back tells.
/// </summary>
internal sealed class CosmosWriter(CosmosAccess access)
{
    private const int MaxAttempts = 4;

    /// <param name="operation">What it is, for the metrics.</param>
    /// <param name="bronorganisatie">The partition.</param>
    /// <param name="steps">All of them or none; safe to send twice: the second time is refused.</param>
    /// <param name="readBack">Looks whether the steps were carried out; told whether an attempt went without an answer.</param>
    /// <returns>Success, or the refusal: 409 and 412 as Cosmos DB gives them, 412 also for what was overtaken.</returns>
    /// <exception cref="CosmosStoreException">The fate is unknown: the store did not answer that either.</exception>
    public async Task<WriteAnswer> SendAsync(string operation, string bronorganisatie, IReadOnlyList<Step> steps, Func<bool, Task<WriteFate>> readBack)
    {
        var uncertain = false;
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var answer = await ExecuteAsync(operation, bronorganisatie, steps, uncertain);
            if (answer.Succeeded) return answer;
            if (answer.Status == HttpStatusCode.NotFound && steps[answer.FailedStep] is Step.AddToCounts)
            {
                await EnsureCountersAsync(bronorganisatie, uncertain);
                continue;
            }
            uncertain |= answer.Unknown;
            // A refusal may be the echo of an attempt that was carried out: an earlier one of ours, or one of the SDK's.
            switch (await ReadBackAsync(operation, readBack, uncertain))
            {
                case WriteFate.Done: return new(HttpStatusCode.OK);
                case WriteFate.Overtaken: return new(HttpStatusCode.PreconditionFailed);
                case WriteFate.NotDone when !answer.Unknown: return answer;
            }
        }
        throw new CosmosStoreException(operation, HttpStatusCode.ServiceUnavailable);
    }

    /// <remarks>"Busy" means that nothing happened. After an attempt without an answer, that can no longer be said.</remarks>
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

    private async Task EnsureCountersAsync(string bronorganisatie, bool uncertain)
    {
        try
        {
            await access.CreateCountersAsync(bronorganisatie, CancellationToken.None);
        }
        catch (CosmosStoreException fault) when (CosmosAccess.IsUnanswered(fault.Status))
        {
            // The next attempt finds out whether they are there.
        }
        catch (StoreBusyException) when (uncertain)
        {
            throw new CosmosStoreException("counters.create", HttpStatusCode.TooManyRequests);
        }
    }

    private static async Task<WriteFate> ReadBackAsync(string operation, Func<bool, Task<WriteFate>> readBack, bool uncertain)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await readBack(uncertain);
            }
            catch (Exception exception) when (uncertain && exception is (CosmosStoreException or StoreBusyException))
            {
                if (attempt == MaxAttempts) throw new CosmosStoreException(operation, HttpStatusCode.ServiceUnavailable);
            }
        }
    }
}
