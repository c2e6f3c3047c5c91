using Klanten.Functions.Commands;
using Klanten.Functions.Http;
using Klanten.Functions.Operations;
using Klanten.Functions.Settings;
using Klanten.Functions.Telemetry;
using Microsoft.AspNetCore.Hosting;
using OpenTelemetry.Trace;

namespace Klanten.Functions.Hosts;

/// <summary>The program without a Functions host: the operations are ordinary endpoints of Kestrel.</summary>
internal static partial class KestrelHost
{
    public const int DefaultPort = 7071;

    /// <summary>Serves until the process is asked to stop; returns the exit code.</summary>
    /// <param name="args">Settings, as <c>--key=value</c> or <c>--key value</c>.</param>
    /// <param name="start">Ends when the program listens.</param>
    /// <exception cref="InvalidSettingsException">The program could not listen where the settings say.</exception>
    public static async Task<int> RunAsync(string[] args, ProgramStart start)
    {
        var builder = CreateBuilder(args);
        var addresses = ListenAddresses.Read(builder.Configuration);
        addresses.Judge();
        _ = Rehearsal.BeginAsync(builder.Configuration);
        builder.Services.AddHostedService<MemoryRelease>();
        builder.Services.AddSingleton<ISettingsRemarks, ListenRemarks>();
        start.KeepSilent(builder.Services);
        await using var app = builder.Build();
        if (ConfigurationErrors.TryReport(app.Services))
        {
            return ExitCode.Failure;
        }
        ConfigurationErrors.PrintRemarks(app.Services);
        WarnOfHostHeader(app);
        app.LogConnections();
        app.UseProxies();
        app.UseOperations((_, handler) => handler);
        app.AnnounceDemo();
        try
        {
            return await start.RunAsync(app);
        }
        catch (Exception exception) when (!start.IsOver && addresses.Describe(exception) is { } sentence)
        {
            throw new InvalidSettingsException([sentence]);
        }
    }

    /// <param name="args">Settings, which take precedence over the environment and appsettings.json.</param>
    /// <param name="replace">Replaces services in tests; runs after all are registered.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = CreateBuilder(args);
        replace?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseProxies();
        app.UseOperations((_, handler) => handler);
        return app;
    }

    private static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(SettingsFiles.Unwatched(args));
        if (ListenAddresses.Read(builder.Configuration).AreMissing)
        {
            builder.WebHost.UseUrls($"http://127.0.0.1:{DefaultPort}");
        }
        builder.AddKlanten();
        builder.Services.AddConnectionGate();
        builder.Services.AddSingleton<ISettingsRemarks, ProxyRemarks>();
        RefusedHosts.AddTo(builder);
        if (builder.Configuration.ExportsTelemetry())
        {
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddAspNetCoreInstrumentation());
        }
        return builder;
    }

    /// <summary>Under a Functions host the platform lets no other host through than those of the app.</summary>
    private static void WarnOfHostHeader(WebApplication app)
    {
        if (app.Environment.IsProduction() && app.Services.GetRequiredService<PublicAddress>().First is null)
        {
            LogHostHeader(app.Logger);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Klanten:PubliekeUrl is not set: the header Host of a request decides on the URLs that are sent to consumers and subscribers")]
    private static partial void LogHostHeader(ILogger logger);
}
