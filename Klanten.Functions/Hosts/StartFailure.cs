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
        var urls = app.Configuration[WebHostDefaults.ServerUrlsKey] ?? "het ingestelde adres";
        try
        {
            return await app.RunToEndAsync();
        }
        catch (Exception exception) when (!hasStarted)
        {
            Console.Error.WriteLine($"Het programma kan niet luisteren op {urls}: {Reason(exception, urls)}");
            return 1;
        }
    }

    private static string Reason(Exception exception, string urls)
    {
        if (exception.InnerException is AddressInUseException)
        {
            return "de poort is al in gebruik.";
        }
        if (urls.Contains("https://", StringComparison.OrdinalIgnoreCase))
        {
            return "voor https is een certificaat nodig, dat dit programma niet leest: laat TLS ervóór eindigen.";
        }
        return exception.GetBaseException() switch
        {
            FormatException or InvalidOperationException or ArgumentException => "dit is geen http-URL.",
            SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => "de poort is al in gebruik.",
            SocketException { SocketErrorCode: SocketError.AccessDenied } => "het systeem staat deze poort niet toe.",
            SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => "deze machine heeft dat adres niet.",
            var cause => cause.Message,
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
