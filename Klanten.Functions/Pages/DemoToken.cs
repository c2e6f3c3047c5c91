using System.Net;
using Klanten.Functions.Commands;
using Klanten.Functions.Hosts;

namespace Klanten.Functions.Pages;

/// <summary>A token of the demo application for a page that makes calls, in a browser on the same machine.</summary>
/// <param name="demo">The demo application; null when there is none.</param>
/// <param name="clock">Says when the token was made.</param>
internal sealed class DemoToken(DemoOptions? demo, TimeProvider clock)
{
    /// <summary>The application and a new token; null when there is no demo application, or when the browser may be elsewhere.</summary>
    public (string ClientId, string Token)? For(HttpRequest request)
    {
        if (demo is not { ClientId: { } clientId, Secret: { } secret } || !IsOnThisMachine(request))
        {
            return null;
        }
        return (clientId, TokenCommand.Token(clientId, secret, clock.GetUtcNow()));
    }

    /// <summary>
    /// Whether the browser runs on this machine, and asked by no other name, by which a page of another site could read the answer (DNS
    /// rebinding), and by no proxy.
    /// </summary>
    private static bool IsOnThisMachine(HttpRequest request)
    {
        var isForwarded = request.Headers.ContainsKey("X-Forwarded-For") || request.Headers.ContainsKey("Forwarded");
        var remote = request.HttpContext.Connection.RemoteIpAddress;
        return !isForwarded && remote is not null && IPAddress.IsLoopback(remote) && IsLoopback(request.Host.Host);
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var name) && IPAddress.IsLoopback(name));
}
