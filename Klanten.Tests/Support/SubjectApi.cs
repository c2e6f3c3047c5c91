using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Klanten.Tests.Support;

/// <summary>A register elsewhere. The path of a subject's URL says how it answers.</summary>
public sealed class SubjectApi : FakeApi
{
    /// <summary>Bound but not listening, so that connecting is refused and no other process can take the port.</summary>
    private readonly Socket bound = new(SocketType.Stream, ProtocolType.Tcp);

    public SubjectApi()
    {
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Answer = AnswerAsync;
    }

    /// <summary>A URL at which connecting is refused.</summary>
    public string Unreachable => string.Create(CultureInfo.InvariantCulture, $"http://{Host}:{((IPEndPoint)bound.LocalEndPoint!).Port}/x");

    /// <summary>A subject that exists.</summary>
    public string Found() => Answering("200");

    /// <summary>A new subject, which answers as <paramref name="kind"/> says: a status, text, loop, never or hops-N.</summary>
    public string Answering(string kind) => $"{Root}/subject/{kind}/{Guid.NewGuid()}";

    /// <summary>A subject that redirects to another URL, absolute or relative.</summary>
    public string RedirectingTo(string location, int status = 302) =>
        $"{Answering("redirect")}?to={Uri.EscapeDataString(location)}&status={status}";

    /// <summary>The requests for a subject.</summary>
    public IReadOnlyList<Received> FetchesOf(string url) => [.. Received.Where(request => url == Root + request.PathAndQuery)];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        bound.Dispose();
    }

    private Task AnswerAsync(HttpContext http)
    {
        var kind = http.Request.Path.Value!.Split('/') is [_, "subject", var given, ..] ? given : "404";
        if (int.TryParse(kind, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            return With(status, status is 204 or 304 ? null : "{}")(http);
        }
        if (kind.Split('-') is ["hops", var left])
        {
            var hops = int.Parse(left, CultureInfo.InvariantCulture);
            return Redirect(hops == 1 ? Found() : Answering($"hops-{hops - 1}"))(http);
        }
        var query = http.Request.Query;
        return kind switch
        {
            "text" => With(200, "geen JSON", "text/plain")(http),
            "never" => Task.Delay(Timeout.Infinite, http.RequestAborted),
            "loop" => Redirect(http.Request.Path!)(http),
            "redirect" => Redirect(query["to"]!, int.Parse(query["status"]!, CultureInfo.InvariantCulture))(http),
            _ => With(404)(http),
        };
    }
}
