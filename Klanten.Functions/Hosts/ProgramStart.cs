namespace Klanten.Functions.Hosts;

/// <summary>The start of the program, which is over once it serves. Until then a failure is one sentence, and no stack trace.</summary>
internal sealed class ProgramStart
{
    /// <summary>Categories that log the exception of a failed start with its stack trace.</summary>
    private static readonly string[] Categories = ["Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Extensions.Hosting.Internal.Host"];

    private volatile bool isOver;

    public bool IsOver => isOver;

    /// <summary>Keeps the two categories silent until the start is over. Runs after <see cref="RedactedLogging"/>.</summary>
    public void KeepSilent(IServiceCollection services) => services.PostConfigure<LoggerFilterOptions>(Silence);

    /// <summary>Runs a host to its end; returns the exit code.</summary>
    public Task<int> RunAsync(IHost host)
    {
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => isOver = true);
        return host.RunToEndAsync();
    }

    private void Silence(LoggerFilterOptions options)
    {
        foreach (var provider in options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToArray())
        {
            foreach (var category in Categories)
            {
                options.Rules.Add(new(provider, category, LogLevel.Warning, (_, _, _) => isOver));
            }
        }
    }
}
