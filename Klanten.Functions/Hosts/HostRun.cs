namespace Klanten.Functions.Hosts;

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
            // Asked to stop while it still started: the start is cancelled, which is no fault.
        }
        return Environment.ExitCode;
    }
}
