using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Settings;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Storage;

/// <summary>
/// Opens the store while the program already listens; the first requests wait for it. If the store cannot be opened, the
/// program ends and the log says why.
/// </summary>
internal sealed partial class StoreWarmup(
    IServiceProvider services,
    IOptions<StorageOptions> options,
    IHostApplicationLifetime lifetime,
    ILogger<StoreWarmup> logger) : BackgroundService
{
    /// <summary>A klant that no store has. Reading it opens the connections of either store.</summary>
    private static readonly KlantId Absent = new(new Guid("00000000-0000-4000-8000-000000000000"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Open() is not { } store) return;
        try
        {
            await store.ReadAsync(Absent, stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A network may come back, and until then each request fails by itself. Only the type of the exception is
            // logged: the message of a store's client may hold values of klanten.
            LogNotReady(logger, exception.GetType().FullName, options.Value.Opslag);
        }
    }

    private IKlantStore? Open()
    {
        try
        {
            return services.GetRequiredService<IKlantStore>();
        }
        catch (ObjectDisposedException)
        {
            // The program has ended meanwhile, because its start failed for another reason.
            return null;
        }
        catch (Exception exception)
        {
            Environment.ExitCode = 1;
            // Stopping before ApplicationStarted would be reported as a crash, so we wait for it.
            lifetime.ApplicationStarted.Register(lifetime.StopApplication);
            // Last, because a stream that is not read keeps it waiting; the host waits for this method before it ends.
            Tell(exception);
            return null;
        }
    }

    private void Tell(Exception exception)
    {
        if (exception is StoreRefusedException or InvalidSettingsException)
        {
            LogRefused(logger, options.Value.Opslag, exception.Message);
        }
        else
        {
            LogNotOpened(logger, exception, options.Value.Opslag);
        }
        // A Functions host drops what is logged outside an invocation, but shows standard error.
        Console.Error.WriteLine(CommandLanguage.FromEnvironment()[StoreTexts.NotOpened, options.Value.Opslag, Describe(exception)]);
    }

    private static Sentence Describe(Exception exception) => exception switch
    {
        StoreRefusedException refusal => refusal.Reason,
        InvalidSettingsException settings => settings.Mistakes[0],
        IOException or UnauthorizedAccessException => StoreTexts.SystemFault.With(SystemFault.Describe(exception)),
        _ => StoreTexts.Unexpected.With(exception.GetType().FullName, exception.Message),
    };

    [LoggerMessage(LogLevel.Critical, "The store cannot be opened (Klanten:Opslag is {Opslag}). The program stops.")]
    private static partial void LogNotOpened(ILogger logger, Exception exception, Opslag opslag);

    [LoggerMessage(LogLevel.Critical, "The store is not opened (Klanten:Opslag is {Opslag}). The program stops. {Reason}")]
    private static partial void LogRefused(ILogger logger, Opslag opslag, string reason);

    [LoggerMessage(LogLevel.Warning, "The store does not answer yet (Klanten:Opslag is {Opslag}): {ExceptionType}")]
    private static partial void LogNotReady(ILogger logger, string? exceptionType, Opslag opslag);
}
