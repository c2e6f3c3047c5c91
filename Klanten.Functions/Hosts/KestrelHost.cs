using Klanten.Functions.Operations;
using Microsoft.AspNetCore.Hosting;
using OpenTelemetry.Trace;

namespace Klanten.Functions.Hosts;

/// <summary>The program without a Functions host: the operations are ordinary endpoints of Kestrel.</summary>
internal static class KestrelHost
{
    public const int DefaultPort = 7071;

    /// <summary>Serves until the process is asked to stop; returns the exit code.</summary>
    /// <param name="args">Settings, as <c>--key=value</c> or <c>--key value</c>.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = Build(args);
        if (ConfigurationErrors.TryReport(app.Services))
        {
            return 1;
        }
        app.AnnounceDemo();
        return await app.RunToEndAsync();
    }

    /// <param name="args">Settings, which take precedence over the environment and appsettings.json.</param>
    /// <param name="replace">Replaces services in tests; runs after all are registered.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls($"http://127.0.0.1:{DefaultPort}");
        }
        builder.AddKlanten();
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddAspNetCoreInstrumentation());
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseOperations((_, handler) => handler);
        return app;
    }
}
