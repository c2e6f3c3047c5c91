using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Klanten.Functions.Settings;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Klanten.Functions.Telemetry;

/// <summary>
/// OpenTelemetry, exported over OTLP when the standard OTEL_… variables name an endpoint, and to Azure Monitor when its
/// connection string is configured.
/// </summary>
internal static class TelemetryServices
{
    private const string AzureMonitorAuthentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    private static readonly string[] Meters =
        [KlantenMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<KlantenMetrics>();
        if (builder.Configuration.ExportsTelemetry())
        {
            builder.AddExporters();
        }
    }

    /// <summary>Apart from <see cref="AddTelemetry"/>, so that a program that exports nothing loads nothing of OpenTelemetry.</summary>
    private static void AddExporters(this IHostApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("klanten").AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing.AddProcessor<RedactedTraces>())
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithLogging(logging => { }, options => options.IncludeFormattedMessage = true);
        if (!string.IsNullOrEmpty(builder.Configuration[TelemetrySettings.OtlpEndpoint]))
        {
            telemetry.UseOtlpExporter();
        }
        if (builder.Configuration[TelemetrySettings.AzureMonitor] is { Length: > 0 } connectionString)
        {
            builder.Services.AddAzureMonitorExporters(connectionString, Credential(builder.Configuration));
        }
    }

    private static void AddAzureMonitorExporters(this IServiceCollection services, string connectionString, TokenCredential? credential)
    {
        void Configure(AzureMonitorExporterOptions options) => options.ConnectionString = connectionString;

        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddAzureMonitorTraceExporter(Configure, credential));
        services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddAzureMonitorMetricExporter(Configure, credential));
        services.ConfigureOpenTelemetryLoggerProvider(logging => logging.AddAzureMonitorLogExporter(Configure, credential));
    }

    /// <summary>Whether the configuration names a destination for telemetry.</summary>
    public static bool ExportsTelemetry(this IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration[TelemetrySettings.OtlpEndpoint])
        || !string.IsNullOrEmpty(configuration[TelemetrySettings.AzureMonitor]);

    /// <summary>The program's identity when the setting, which the Functions host reads too, has Authorization=AAD; else null.</summary>
    private static TokenCredential? Credential(IConfiguration configuration)
    {
        var authentication = configuration[AzureMonitorAuthentication] ?? "";
        return authentication.Contains("Authorization=AAD", StringComparison.OrdinalIgnoreCase) ? AzureIdentity.Create() : null;
    }
}
