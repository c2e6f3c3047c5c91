using Klanten.Core.Model;
using Klanten.Core.Ports;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Storage;

/// <summary>
/// Opens the store while the program already listens; the first requests wait for it. A store that cannot be opened ends
/// the program, and the log says why.
/// </summary>
internal sealed partial class StoreWarmup(
    IServiceProvider services, IOptions<StorageOptions> options, IHostApplicationLifetime lifetime, ILogger<StoreWarmup> logger) : BackgroundService
{
    /// <summary>A klant that no store has: to look for it makes the store ready, whatever the store is.</summary>
    private static readonly KlantId Nobody = new(new Guid("00000000-0000-4000-8000-000000000000"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Open() is not { } store) return;
        try
        {
            await store.ReadAsync(Nobody, stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A network may come back; until then each request says so itself. A store's message may hold anything.
            LogUnready(logger, exception.GetType().FullName, options.Value.Opslag);
        }
    }

    private IKlantStore? Open()
    {
        try
        {
            return services.GetRequiredService<IKlantStore>();
        }
        catch (Exception exception)
        {
            LogUnopened(logger, exception, options.Value.Opslag);
            // A Functions host drops what is logged outside an invocation; what is written here it shows.
            Console.Error.WriteLine($"The store cannot be opened (Klanten:Opslag is {options.Value.Opslag}): {exception.Message}");
            Environment.ExitCode = 1;
            // To stop a start halfway is a crash to the host; it is but a moment from here.
            lifetime.ApplicationStarted.Register(lifetime.StopApplication);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Critical, "The store cannot be opened (Klanten:Opslag is {Opslag}). The program stops.")]
    private static partial void LogUnopened(ILogger logger, Exception exception, Opslag opslag);

    [LoggerMessage(LogLevel.Warning, "The store does not answer yet (Klanten:Opslag is {Opslag}): {ExceptionType}")]
    private static partial void LogUnready(ILogger logger, string? exceptionType, Opslag opslag);
}
