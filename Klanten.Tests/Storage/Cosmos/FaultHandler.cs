using System.Globalization;
using System.Net;
using Klanten.Tests.Storage.Cosmos.Adapter;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>A fault of one request for documents.</summary>
internal enum Fault
{
    /// <summary>No connection: the server does not receive the request.</summary>
    Unsent,

    /// <summary>The connection breaks after the server has carried the request out.</summary>
    AnswerLost,

    /// <summary>The request arrives twice, as when the SDK repeats it; the answer is the second one.</summary>
    SentTwice,

    /// <summary>503, and the request is not carried out.</summary>
    Unavailable,

    /// <summary>503 after the server has carried the request out.</summary>
    UnavailableAfter,

    /// <summary>408, and the request is not carried out.</summary>
    TimedOut,

    /// <summary>408 after the server has carried the request out.</summary>
    TimedOutAfter,

    /// <summary>429, and the request is not carried out.</summary>
    Throttled,

    /// <summary>413, and the request is not carried out.</summary>
    TooLarge,

    /// <summary>412, and the request is not carried out, as if another process had changed the document.</summary>
    Overtaken,

    /// <summary>409, and the request is not carried out, as if another klant had the klantnummer.</summary>
    Taken,

    /// <summary>449 for a step of a transaction, which is not carried out, because another wrote the same document.</summary>
    RetryWith,

    /// <summary>410, and the request is not carried out: the partition has moved.</summary>
    Gone,

    /// <summary>403 with substatus 1014, and the request is not carried out: the partition has 20 GB.</summary>
    Full,

    /// <summary>403 with substatus 5301, and the request is not carried out: the program lacks a role.</summary>
    Forbidden,
}

/// <summary>Counts the requests for documents that a client makes, and injects the faults that the test plans.</summary>
internal sealed class FaultHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private Func<HttpRequestMessage, int, bool, Task<Fault?>> plan = (_, _, _) => Task.FromResult<Fault?>(null);
    private int count;

    /// <summary>The number of requests since the last plan.</summary>
    public int Count => count;

    /// <summary>The position of the first write among those requests; 0 when there was no write.</summary>
    public int FirstWrite { get; private set; }

    /// <summary>Whether a fault was injected into a write.</summary>
    public bool FaultyWrite { get; private set; }

    /// <param name="faults">The fault of a request, by its position (from 1) and whether it is a write; null for no fault.</param>
    public void Plan(Func<int, bool, Fault?> faults) => Plan((_, number, isWrite) => Task.FromResult(faults(number, isWrite)));

    /// <param name="faults">The same, with the request. It may do other things first; the request waits for that.</param>
    public void Plan(Func<HttpRequestMessage, int, bool, Task<Fault?>> faults)
    {
        plan = faults;
        FaultyWrite = false;
        FirstWrite = 0;
        Interlocked.Exchange(ref count, 0);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.RequestUri!.AbsolutePath.Contains("/docs", StringComparison.Ordinal))
            return await base.SendAsync(request, cancellationToken);
        var number = Interlocked.Increment(ref count);
        var isWrite = IsWrite(request);
        var fault = await plan(request, number, isWrite);
        if (isWrite)
        {
            FaultyWrite |= fault is not null;
            if (FirstWrite == 0) FirstWrite = number;
        }
        if (fault is Fault.SentTwice && request.Content is { } content) await content.LoadIntoBufferAsync(cancellationToken);
        if (fault is Fault.SentTwice or Fault.AnswerLost or Fault.UnavailableAfter or Fault.TimedOutAfter)
            (await base.SendAsync(request, cancellationToken)).Dispose();
        return fault switch
        {
            null or Fault.SentTwice => await base.SendAsync(request, cancellationToken),
            Fault.Unsent or Fault.AnswerLost =>
                throw new HttpRequestException(HttpRequestError.ConnectionError, "The connection was lost."),
            Fault.Unavailable or Fault.UnavailableAfter => Answer(request, HttpStatusCode.ServiceUnavailable),
            Fault.TimedOut or Fault.TimedOutAfter => Answer(request, HttpStatusCode.RequestTimeout),
            Fault.Throttled => Answer(request, HttpStatusCode.TooManyRequests),
            Fault.Overtaken => Answer(request, HttpStatusCode.PreconditionFailed),
            Fault.Taken => Answer(request, HttpStatusCode.Conflict),
            Fault.RetryWith => await ConflictAsync(request, cancellationToken),
            Fault.Gone => Answer(request, HttpStatusCode.Gone),
            Fault.Full => Answer(request, HttpStatusCode.Forbidden, 1014),
            Fault.Forbidden => Answer(request, HttpStatusCode.Forbidden, 5301),
            _ => Answer(request, HttpStatusCode.RequestEntityTooLarge),
        };
    }

    private static bool IsWrite(HttpRequestMessage request) =>
        request.Method != HttpMethod.Get && request.Content?.Headers.ContentType?.MediaType != "application/query+json";

    /// <summary>An answer to a transaction whose first step ended in 449.</summary>
    private static async Task<HttpResponseMessage> ConflictAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Headers.Contains("x-ms-cosmos-is-batch-request")) return Answer(request, (HttpStatusCode)449);
        var steps = await BatchFormat.ReadAsync(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        foreach (var step in steps) step.Status = step == steps[0] ? 449 : (int)HttpStatusCode.FailedDependency;
        var answer = Answer(request, HttpStatusCode.MultiStatus);
        answer.Content = new ByteArrayContent(await BatchFormat.WriteAsync(steps));
        return answer;
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpStatusCode status, int substatus = 0)
    {
        var answer = new HttpResponseMessage(status)
        {
            RequestMessage = request,
            Content = new StringContent("""{"message":"injected"}"""),
        };
        answer.Headers.Add("x-ms-activity-id", Guid.NewGuid().ToString());
        if (status == HttpStatusCode.TooManyRequests) substatus = 3200;
        answer.Headers.Add("x-ms-substatus", substatus.ToString(CultureInfo.InvariantCulture));
        answer.Headers.Add("x-ms-request-charge", "0");
        if (status == HttpStatusCode.TooManyRequests) answer.Headers.Add("x-ms-retry-after-ms", 1.ToString(CultureInfo.InvariantCulture));
        return answer;
    }
}
