using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Klanten.Tests.Hosting.FunctionsHost;

/// <summary>Passes a request on to the worker and the answer back, with the headers that the host rewrites.</summary>
/// <param name="publicScheme">The scheme of the address that consumers use; https in Azure, where TLS ends before the host.</param>
internal sealed class RequestForwarder(string publicScheme) : IDisposable
{
    public const string InvocationId = "x-ms-invocation-id";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    private static readonly FrozenSet<string> HopByHop = FrozenSet.ToFrozenSet(
        ["Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>What a consumer sends under these names goes no further: the host writes its own, or none.</summary>
    private static readonly FrozenSet<string> OfTheHost = FrozenSet.ToFrozenSet(
        [
            "Host", InvocationId, "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix",
            "X-Original-For", "X-Original-Host", "X-Original-Proto", "traceparent",
        ],
        StringComparer.OrdinalIgnoreCase);

    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    });

    /// <param name="http">The request of the consumer, and its answer.</param>
    /// <param name="worker">Where the worker takes requests.</param>
    /// <param name="invocationId">The invocation that the request belongs to.</param>
    /// <param name="traceParent">The span of the host.</param>
    /// <param name="invocation">Once this has ended, a request that did not reach the worker is not tried again.</param>
    public async Task ForwardAsync(HttpContext http, Uri worker, string invocationId, string traceParent, Task invocation)
    {
        using var request = RequestFor(http, worker);
        Add(request, InvocationId, invocationId);
        Add(request, "traceparent", traceParent);
        foreach (var prefix in new[] { "X-Forwarded", "X-Original" })
        {
            Add(request, $"{prefix}-For", http.Connection.RemoteIpAddress?.ToString());
            Add(request, $"{prefix}-Host", http.Request.Host.Value);
            Add(request, $"{prefix}-Proto", publicScheme);
        }
        using var answer = await SendAsync(request, invocation, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (!HopByHop.Contains(name)) http.Response.Headers[name] = values.ToArray();
        }
        if (!HttpMethods.IsHead(http.Request.Method)) await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    public void Dispose() => client.Dispose();

    /// <summary>A worker connects to the host before it listens itself, so the first requests may have to be tried again.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Task invocation, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await client.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException exception)
                when (exception.HttpRequestError == HttpRequestError.ConnectionError && !invocation.IsCompleted)
            {
                await Task.WhenAny(invocation, Task.Delay(RetryDelay, cancellationToken));
            }
        }
    }

    private static HttpRequestMessage RequestFor(HttpContext http, Uri worker)
    {
        var target = worker.GetLeftPart(UriPartial.Authority) + Encode(http.Request.Path.Value!) + http.Request.QueryString.Value;
        var uri = new Uri(target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new(http.Request.Method), uri);
        request.Headers.Host = worker.Authority;
        var body = http.Features.Get<IHttpRequestBodyDetectionFeature>();
        if (body?.CanHaveBody == true) request.Content = new StreamContent(http.Request.Body);
        foreach (var (name, values) in http.Request.Headers)
        {
            if (HopByHop.Contains(name) || OfTheHost.Contains(name)) continue;
            if (request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)) continue;
            request.Content ??= new ByteArrayContent([]);
            request.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        return request;
    }

    /// <summary>The path that the host's server decoded is encoded anew, so that a%2Fb goes on as a%252Fb.</summary>
    private static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static void Add(HttpRequestMessage request, string name, string? value) => request.Headers.TryAddWithoutValidation(name, value);
}
