using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;

namespace Klanten.Functions.Hosts;

/// <summary>
/// A start that fails, such as on a port that is in use. An exception that ends the program would print a stack trace and write a
/// core dump; the operator gets one sentence.
/// </summary>
internal sealed class StartFailure
{
    /// <summary>Categories that log the exception of a failed start with its stack trace.</summary>
    private static readonly string[] Categories = ["Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Extensions.Hosting.Internal.Host"];

    private volatile bool hasStarted;

    /// <summary>Keeps the two categories silent until the program has started. Runs after <see cref="RedactedLogging"/>.</summary>
    public static StartFailure AddTo(IServiceCollection services)
    {
        var failure = new StartFailure();
        services.PostConfigure<LoggerFilterOptions>(failure.Silence);
        return failure;
    }

    /// <summary>Runs the program to its end; returns the exit code, which is 1 when the start failed.</summary>
    public async Task<int> RunAsync(WebApplication app)
    {
        app.Lifetime.ApplicationStarted.Register(() => hasStarted = true);
        var urls = Addresses(app.Configuration);
        try
        {
            return await app.RunToEndAsync();
        }
        catch (Exception exception) when (!hasStarted)
        {
            var sentence = StartTexts.NotListening.With(urls ?? (object)StartTexts.AddressOfSettings, Reason(exception, urls ?? ""));
            LossyConsole.Error.WriteLine(CommandLanguage.FromEnvironment()[sentence]);
            return 1;
        }
    }

    /// <summary>Where the program is told to listen; the server overrides the one setting by the other.</summary>
    private static string? Addresses(IConfiguration settings)
    {
        var endpoints = settings.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).ToArray();
        return endpoints.Length > 0 ? string.Join(';', endpoints) : settings[WebHostDefaults.ServerUrlsKey];
    }

    private static Sentence Reason(Exception exception, string urls)
    {
        if (exception.InnerException is AddressInUseException)
        {
            return StartTexts.PortInUse;
        }
        if (urls.Contains("https://", StringComparison.OrdinalIgnoreCase))
        {
            return StartTexts.NoCertificate;
        }
        return exception.GetBaseException() switch
        {
            FormatException or InvalidOperationException or ArgumentException => StartTexts.NoUrl,
            SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => StartTexts.PortInUse,
            SocketException { SocketErrorCode: SocketError.AccessDenied } => StartTexts.PortForbidden,
            SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => StartTexts.NotOfThisMachine,
            var cause => SystemFault.Other.With(cause.Message),
        };
    }

    private void Silence(LoggerFilterOptions options)
    {
        foreach (var provider in options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToArray())
        {
            foreach (var category in Categories)
            {
                options.Rules.Add(new(provider, category, LogLevel.Warning, (_, _, _) => hasStarted));
            }
        }
    }
}
