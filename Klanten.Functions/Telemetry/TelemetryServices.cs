using System.Diagnostics;
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

    /// <summary>Attributes of a request's trace that hold, or may hold, what someone sent.</summary>
    private static readonly string[] Personal = ["url.query", "url.full", "user_agent.original", "client.address"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<KlantenMetrics>();
        var otlp = !string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]);
        var azure = builder.Configuration[AzureMonitor];
        if (!otlp && string.IsNullOrEmpty(azure)) return;

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("klanten"))
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation(options =>
            {
                options.RecordException = false;
                options.EnrichWithHttpResponse = (activity, _) => Forget(activity);
            }))
            .WithMetrics(metrics => metrics.AddMeter(KlantenMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"))
            .WithLogging(logging => { }, options => options.IncludeFormattedMessage = true);
        if (otlp) telemetry.UseOtlpExporter();
        if (string.IsNullOrEmpty(azure)) return;
        var credential = Credential(builder.Configuration);
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddAzureMonitorTraceExporter(o => o.ConnectionString = azure, credential));
        builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddAzureMonitorMetricExporter(o => o.ConnectionString = azure, credential));
        builder.Services.ConfigureOpenTelemetryLoggerProvider(logging => logging.AddAzureMonitorLogExporter(o => o.ConnectionString = azure, credential));
    }

    /// <summary>Authorization=AAD, in the setting that the Functions host reads too: Azure Monitor takes identities only.</summary>
    private static DefaultAzureCredential? Credential(ConfigurationManager configuration) =>
        configuration[AzureMonitorAuthentication]?.Contains("Authorization=AAD", StringComparison.OrdinalIgnoreCase) == true ? new DefaultAzureCredential() : null;

    private static void Forget(Activity activity)
    {
        foreach (var attribute in Personal) activity.SetTag(attribute, null);
    }
}
