namespace Klanten.Functions.Hosts;

/// <summary>Runs a host to its end.</summary>
internal static class HostRun
{
    /// <summary>Runs until the process is asked to stop; returns the exit code.</summary>
    public static async Task<int> RunToEndAsync(this IHost host)
    {
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        try
        {
            await host.RunAsync();
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The process was asked to stop before the start was complete, which cancels the start and is not an error.
        }
        return Environment.ExitCode;
    }
}
