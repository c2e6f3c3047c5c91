using System.Globalization;
using System.Net;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>A fault of one request for documents.</summary>
internal enum Fault
{
    /// <summary>No connection: the server does not receive the request.</summary>
    Unsent,

    /// <summary>The connection breaks after the server has carried the request out.</summary>
    AnswerLost,

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
}

/// <summary>Counts the requests for documents that a client makes, and injects the faults that the test plans.</summary>
internal sealed class FaultHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private Func<int, bool, Fault?> plan = (_, _) => null;
    private int count;

    /// <summary>The number of requests since the last call of <see cref="Plan"/>.</summary>
    public int Count => count;

    /// <summary>The position of the first write among those requests; 0 when there was no write.</summary>
    public int FirstWrite { get; private set; }

    /// <summary>Whether a fault was injected into a write.</summary>
    public bool FaultyWrite { get; private set; }

    /// <param name="faults">The fault of a request, by its position (from 1) and whether it is a write; null for no fault.</param>
    public void Plan(Func<int, bool, Fault?> faults)
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
        var fault = plan(number, isWrite);
        if (isWrite)
        {
            FaultyWrite |= fault is not null;
            if (FirstWrite == 0) FirstWrite = number;
        }
        if (fault is Fault.AnswerLost or Fault.UnavailableAfter or Fault.TimedOutAfter)
            (await base.SendAsync(request, cancellationToken)).Dispose();
        return fault switch
        {
            null => await base.SendAsync(request, cancellationToken),
            Fault.Unsent or Fault.AnswerLost =>
                throw new HttpRequestException(HttpRequestError.ConnectionError, "The connection was lost."),
            Fault.Unavailable or Fault.UnavailableAfter => Answer(request, HttpStatusCode.ServiceUnavailable),
            Fault.TimedOut or Fault.TimedOutAfter => Answer(request, HttpStatusCode.RequestTimeout),
            Fault.Throttled => Answer(request, HttpStatusCode.TooManyRequests),
            Fault.Overtaken => Answer(request, HttpStatusCode.PreconditionFailed),
            Fault.Taken => Answer(request, HttpStatusCode.Conflict),
            _ => Answer(request, HttpStatusCode.RequestEntityTooLarge),
        };
    }

    private static bool IsWrite(HttpRequestMessage request) =>
        request.Method != HttpMethod.Get && request.Content?.Headers.ContentType?.MediaType != "application/query+json";

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpStatusCode status)
    {
        var answer = new HttpResponseMessage(status)
        {
            RequestMessage = request,
            Content = new StringContent("""{"message":"injected"}"""),
        };
        answer.Headers.Add("x-ms-activity-id", Guid.NewGuid().ToString());
        answer.Headers.Add("x-ms-substatus", status == HttpStatusCode.TooManyRequests ? "3200" : "0");
        answer.Headers.Add("x-ms-request-charge", "0");
        if (status == HttpStatusCode.TooManyRequests) answer.Headers.Add("x-ms-retry-after-ms", 1.ToString(CultureInfo.InvariantCulture));
        return answer;
    }
}
