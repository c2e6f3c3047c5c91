using System.Globalization;
using System.Text;
using Klanten.Functions.Http;
using Klanten.Functions.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Hosts;

/// <summary>Kestrel's limits and those of the program, in both hosts (ADR 24).</summary>
internal static partial class ServerLimits
{
    /// <summary>More connections than this make no sense by default: each takes some 20 kB, idle or not.</summary>
    private const int MaxConnections = 10_000;

    private const int MinConnections = 16;

    /// <summary>Connections over the limit that are open for as long as it takes to close them.</summary>
    private const int ClosingConnections = 16;

    /// <summary>Descriptors for other things than consumers: the runtime has some 250, the store and the neighbours the rest.</summary>
    private const int Reserve = 400;

    /// <summary>What the server keeps of a body that the program does not read yet, for each connection; in bytes.</summary>
    private const int MaxUnreadBody = 64 * 1024;

    public static void AddLimits(this IServiceCollection services)
    {
        services.AddSettings<LimitOptions>(LimitOptions.Section, (section, options) => section.Bind(options));
        services.AddSingleton<WriteRoom>().AddSingleton<WriteDeadline>();
        services.AddOptions<KestrelServerOptions>().Configure<IConfiguration>((kestrel, settings) =>
        {
            kestrel.AddServerHeader = false;
            // A request line with a whole URL counts, and the header Host does not (RFC 9112, 3.2.2).
            kestrel.AllowHostHeaderOverride = true;
            // RequestBody enforces the limit. Kestrel's own limit would reset the connection before the consumer can read the 413,
            // and a Functions host would turn that into a 500.
            kestrel.Limits.MaxRequestBodySize = null;
            // For bodies in chunks; of others the transport keeps as much.
            kestrel.Limits.MaxRequestBufferSize = MaxUnreadBody;
            kestrel.Limits.MaxConcurrentConnections = Connections(Unjudged(settings));
            // Latin-1 accepts every byte; AuditHeaders decodes the headers that consumers send as UTF-8.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        services.Configure<SocketTransportOptions>(transport => transport.MaxReadBufferSize = MaxUnreadBody);
        // A background service logs its own failures. One that ends by an exception must not take the API along.
        services.Configure<HostOptions>(host => host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
    }

    /// <summary>Kestrel closes the first connections over its limit at once; the gate keeps the others out.</summary>
    public static void AddConnectionGate(this IServiceCollection services)
    {
        services.AddSingleton<SocketTransportFactory>();
        services.AddSingleton<IConnectionListenerFactory>(provider => new ConnectionGate(
            provider.GetRequiredService<SocketTransportFactory>(),
            Connections(Unjudged(provider.GetRequiredService<IConfiguration>())) + ClosingConnections));
    }

    /// <summary>
    /// <see cref="LimitOptions.Verbindingen"/> for what is made before the settings are judged: what is wrong with it must not fail there.
    /// </summary>
    private static int? Unjudged(IConfiguration settings)
    {
        var text = settings[$"{LimitOptions.Section}:{nameof(LimitOptions.Verbindingen)}"];
        return int.TryParse(text, CultureInfo.InvariantCulture, out var connections) && connections > 0 ? connections : null;
    }

    /// <summary>Logs how many connections are accepted, and warns when there are fewer descriptors than that.</summary>
    public static void LogConnections(this WebApplication app)
    {
        var configured = app.Services.GetRequiredService<IOptions<LimitOptions>>().Value.Verbindingen;
        var connections = Connections(configured);
        if (connections < configured)
        {
            LogTooMany(app.Logger, configured.Value, DescriptorLimit.Read());
        }
        LogLimit(app.Logger, $"{connections}", DescriptorLimit.Read()?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// What is configured, else half of the descriptors; never more than the reserve leaves. The runtime itself aborts the process
    /// when it cannot open a file.
    /// </summary>
    private static int Connections(int? configured)
    {
        var descriptors = DescriptorLimit.Read() ?? int.MaxValue;
        var wanted = configured ?? Math.Clamp(descriptors / 2, MinConnections, MaxConnections);
        return Math.Min(wanted, Math.Max(descriptors - Reserve, MinConnections));
    }

    /// <remarks>As texts: what logs two numbers is made by the compiler of the runtime, at every start (docs/performance.md).</remarks>
    [LoggerMessage(LogLevel.Information, "At most {Connections} connections at a time; the process may have {Descriptors} descriptors")]
    private static partial void LogLimit(ILogger logger, string connections, string? descriptors);

    [LoggerMessage(
        LogLevel.Warning,
        "Klanten:Limieten:Verbindingen is {Connections}, more than the {Descriptors} descriptors of the process leave room for")]
    private static partial void LogTooMany(ILogger logger, int connections, int? descriptors);
}
