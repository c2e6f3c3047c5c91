using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Klanten.Tests.Conformance.Support;

/// <summary>A register elsewhere: what it answers stands in the path, and it remembers what it was asked.</summary>
public sealed class SubjectServer : LoopbackServer
{
    private readonly ConcurrentQueue<Fetch> fetches = [];

    /// <summary>Bound and not listening: nobody answers there, and nobody else can start to.</summary>
    private readonly Socket deaf = new(SocketType.Stream, ProtocolType.Tcp);

    public SubjectServer() => deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Port => new Uri(Root).Port;

    /// <summary>A URL where nobody listens.</summary>
    public string Unreachable => string.Create(CultureInfo.InvariantCulture, $"http://{Host}:{((IPEndPoint)deaf.LocalEndPoint!).Port}/x");

    /// <summary>A subject that exists.</summary>
    public string Found() => Answering("200");

    /// <summary>A subject that was not asked for before, which answers as <paramref name="kind"/> says: a status, text, loop, never or hops-N.</summary>
    public string Answering(string kind) => $"{Root}/subject/{kind}/{Guid.NewGuid()}";

    /// <summary>A subject that sends on to another URL, absolute or relative.</summary>
    public string RedirectingTo(string location, int status = 302) => $"{Answering("redirect")}?to={Uri.EscapeDataString(location)}&status={status}";

    /// <summary>How a subject was fetched, if it was.</summary>
    public IReadOnlyList<Fetch> FetchesOf(string url) => [.. fetches.Where(f => url == Root + f.PathAndQuery)];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        deaf.Dispose();
    }

    protected override async Task AnswerAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        fetches.Enqueue(new(request.Method, request.Path + request.QueryString, request.Headers.Authorization));
        var kind = request.Path.Value!.Split('/') is [_, "subject", var given, ..] ? given : "404";
        if (int.TryParse(kind, NumberStyles.None, CultureInfo.InvariantCulture, out var status)) response.StatusCode = status;
        else if (kind == "never") await Task.Delay(Timeout.Infinite, http.RequestAborted);
        else if (kind == "loop") response.Redirect(request.Path);
        else if (kind == "redirect") (response.StatusCode, response.Headers.Location) = (int.Parse(request.Query["status"]!, CultureInfo.InvariantCulture), request.Query["to"]);
        else if (kind.Split('-') is ["hops", var left]) response.Redirect(left == "1" ? Found() : Answering($"hops-{int.Parse(left, CultureInfo.InvariantCulture) - 1}"));
        if (response.StatusCode is 204 or 304) return;
        response.ContentType = kind == "text" ? "text/plain" : "application/json";
        await response.WriteAsync(kind == "text" ? "geen JSON" : "{}");
    }

    /// <param name="Method">The method.</param>
    /// <param name="PathAndQuery">What was asked for.</param>
    /// <param name="Authorization">The header, or null.</param>
    public sealed record Fetch(string Method, string PathAndQuery, string? Authorization);
}
