using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Klanten.Functions.Telemetry;

/// <summary>
/// OpenTelemetry, when there is somewhere to send it: over OTLP when an endpoint is configured (the standard OTEL_…
/// variables), to Azure Monitor when its connection string is.
/// </summary>
internal static class TelemetryServices
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string AzureMonitorAuthentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<KlantenMetrics>();
        if (!builder.Configuration.ExportsTelemetry()) return;
        var otlp = !string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]);
        var azure = builder.Configuration[AzureMonitor];

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("klanten").AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing.AddProcessor<RedactedTraces>())
            .WithMetrics(metrics => metrics.AddMeter(KlantenMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"))
            .WithLogging(logging => { }, options => options.IncludeFormattedMessage = true);
        if (otlp) telemetry.UseOtlpExporter();
        if (string.IsNullOrEmpty(azure)) return;
        var credential = Credential(builder.Configuration);
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddAzureMonitorTraceExporter(o => o.ConnectionString = azure, credential));
        builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddAzureMonitorMetricExporter(o => o.ConnectionString = azure, credential));
        builder.Services.ConfigureOpenTelemetryLoggerProvider(logging => logging.AddAzureMonitorLogExporter(o => o.ConnectionString = azure, credential));
    }

    /// <summary>Whether there is somewhere to send telemetry.</summary>
    public static bool ExportsTelemetry(this IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration[OtlpEndpoint]) || !string.IsNullOrEmpty(configuration[AzureMonitor]);

    /// <summary>Authorization=AAD, in the setting that the Functions host reads too: Azure Monitor takes identities only.</summary>
    private static DefaultAzureCredential? Credential(IConfiguration configuration) =>
        configuration[AzureMonitorAuthentication]?.Contains("Authorization=AAD", StringComparison.OrdinalIgnoreCase) == true ? new DefaultAzureCredential() : null;
}
