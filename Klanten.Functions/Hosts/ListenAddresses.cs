using System.Net;
using System.Net.Sockets;
using Klanten.Functions.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;

namespace Klanten.Functions.Hosts;

/// <summary>Where Kestrel listens by the settings of ASP.NET Core, and why it does not.</summary>
internal sealed class ListenAddresses
{
    private const char Separator = ';';
    private const string Localhost = "localhost";

    private readonly string[] urls;

    private ListenAddresses(string[] urls) => this.urls = urls;

    /// <summary>Of the three settings, the server overrides the later ones by the earlier.</summary>
    public static ListenAddresses Read(IConfiguration settings)
    {
        var endpoints = settings.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).ToArray();
        if (endpoints.Length > 0)
        {
            return new([.. endpoints.OfType<string>()]);
        }
        if (settings[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls)
        {
            return new(Split(urls));
        }
        string[] http = Split(settings[WebHostDefaults.HttpPortsKey]), https = Split(settings[WebHostDefaults.HttpsPortsKey]);
        return new([.. http.Select(port => $"http://*:{port}"), .. https.Select(port => $"https://*:{port}")]);
    }

    /// <summary>Whether no setting says where to listen.</summary>
    public bool AreMissing => urls.Length == 0;

    /// <summary>The addresses whose host is the name of this machine: the server listens on every other address of it too.</summary>
    public IEnumerable<string> OfThisMachine => HostNames().Where(name => IsThisMachine(name.Host)).Select(name => name.Url);

    /// <summary>
    /// Refuses the name of a host. The server does not look it up: it listens on every address of the machine, to which a mistyped
    /// <c>localhost</c> would show the register.
    /// </summary>
    /// <exception cref="InvalidSettingsException">An address has a name that is not of this machine.</exception>
    public void Judge()
    {
        var mistakes = HostNames().Where(name => !IsThisMachine(name.Host))
            .Select(name => StartTexts.NotListening.With(name.Url, WhyRefused(name.Host))).ToArray();
        if (mistakes.Length > 0) throw new InvalidSettingsException(mistakes);
    }

    /// <summary>Why the server does not listen; null when the exception is about something else.</summary>
    public Sentence? Describe(Exception exception)
    {
        var isOfServer = exception.StackTrace?.Contains("Microsoft.AspNetCore.Server.Kestrel.", StringComparison.Ordinal) ?? false;
        return isOfServer && Reason(exception) is { } reason
            ? StartTexts.NotListening.With(AreMissing ? StartTexts.AddressOfSettings : string.Join(Separator, urls), reason)
            : null;
    }

    private static string[] Split(string? list) => (list ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    private IEnumerable<NamedAddress> HostNames()
    {
        foreach (var url in urls)
        {
            if (Parse(url) is { IsUnixPipe: false, IsNamedPipe: false, Host: var host } && IsName(host)) yield return new(url, host);
        }
    }

    /// <summary>Null for what is no URL, of which the server says so.</summary>
    private static BindingAddress? Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether the server listens on every address for want of one (AddressBinder in Kestrel).</summary>
    private static bool IsName(string host) =>
        host is not ("*" or "+")
        && !host.Equals(Localhost, StringComparison.OrdinalIgnoreCase)
        && !host.EndsWith($".{Localhost}", StringComparison.OrdinalIgnoreCase)
        && !IPAddress.TryParse(host, out _);

    private static bool IsThisMachine(string host) => host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase);

    /// <summary>With a colon or a space left in it, it is no name: the port is no number, or there are two.</summary>
    private static Sentence WhyRefused(string host) =>
        host.AsSpan().ContainsAny(':', ' ') ? StartTexts.NoUrl.With() : StartTexts.HostName.With(host);

    private Sentence? Reason(Exception exception) => exception switch
    {
        IOException { InnerException: AddressInUseException } => WhyInUse(exception.Message),
        SocketException socket => Reason(socket),
        InvalidOperationException when urls.Any(IsHttps) => StartTexts.NoCertificate,
        FormatException or ArgumentException => StartTexts.NoUrl,
        _ when urls.Any(IsNoUrl) => StartTexts.NoUrl,
        // Such as an endpoint without a Url; the server names the endpoint.
        InvalidOperationException => SystemFault.Other.With(SystemFault.FirstLine(exception.Message)),
        _ => null,
    };

    private Sentence Reason(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => StartTexts.PortInUse,
        SocketError.AccessDenied => StartTexts.PortForbidden,
        SocketError.AddressNotAvailable when !SocketFiles().Any() => StartTexts.NotOfThisMachine,
        SocketError.AddressNotAvailable => StartTexts.NoSocketFolder,
        _ => SystemFault.Other.With(exception.Message),
    };

    private Sentence WhyInUse(string message) =>
        SocketFiles().FirstOrDefault(path => message.Contains(path, StringComparison.Ordinal)) is { } file && !IsListenedOn(file)
            ? StartTexts.StaleSocket.With(file)
            : StartTexts.PortInUse;

    private static bool IsHttps(string url) => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static bool IsNoUrl(string url) =>
        Parse(url) is not { IsNamedPipe: false, PathBase: "", Scheme: var scheme }
        || !scheme.Equals("http", StringComparison.OrdinalIgnoreCase);

    private IEnumerable<string> SocketFiles() =>
        urls.Select(Parse).OfType<BindingAddress>().Where(address => address.IsUnixPipe).Select(address => address.UnixPipePath);

    /// <summary>Only a refused connection says that no program listens: one to a full queue fails otherwise.</summary>
    private static bool IsListenedOn(string file)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(file));
            return true;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode is not SocketError.ConnectionRefused;
        }
    }

    /// <summary>An address with the name of a host.</summary>
    /// <param name="Url">As it is set.</param>
    /// <param name="Host">The name in it.</param>
    private sealed record NamedAddress(string Url, string Host);
}
