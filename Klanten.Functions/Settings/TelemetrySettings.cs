using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Klanten.Functions.Settings;

/// <summary>The variables of OpenTelemetry, as its specification has them, and that of Azure Monitor.</summary>
internal static class TelemetrySettings
{
    public const string OtlpEndpoint = Otlp + "ENDPOINT";
    public const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    private const string Otlp = "OTEL_EXPORTER_OTLP_";

    /// <summary>Of the specification (Protocol Exporter): for all signals, and for each of them.</summary>
    private static readonly string[] OtlpPrefixes =
        [Otlp, Otlp + "TRACES_", Otlp + "METRICS_", Otlp + "LOGS_"];

    private static readonly string[] Protocols = ["grpc", "http/protobuf"];

    private static readonly string[] Samplers =
    [
        "always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio",
    ];

    private static readonly string[] Limits =
    [
        "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT",
        "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_EVENT_COUNT_LIMIT",
        "OTEL_SPAN_LINK_COUNT_LIMIT", "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT",
        "OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT",
    ];

    /// <summary>Every key that can be, with its rule.</summary>
    public static IEnumerable<KeyRule> Rules() =>
    [
        .. OtlpPrefixes.SelectMany(Exporter),
        .. Batches("OTEL_BSP_"),
        .. Batches("OTEL_BLRP_"),
        new("OTEL_METRIC_EXPORT_INTERVAL", SettingRules.Number(1)),
        new("OTEL_METRIC_EXPORT_TIMEOUT", SettingRules.Number(0)),
        new("OTEL_TRACES_SAMPLER", SettingRules.OneOf(Samplers)),
        new("OTEL_TRACES_SAMPLER_ARG", SettingRules.Where(IsRatio, SettingTexts.Ratio)),
        .. Limits.Select(key => new KeyRule(key, SettingRules.Number(0))),
        new(AzureMonitor, SettingRules.Where(IsConnectionString, SettingTexts.NoTelemetryConnection)),
    ];

    /// <remarks>The library has no timeout of 0, which the specification takes for none at all.</remarks>
    private static IEnumerable<KeyRule> Exporter(string prefix) =>
    [
        new(prefix + "ENDPOINT", SettingRules.Url),
        new(prefix + "HEADERS", SettingRules.Where(AreHeaders, SettingTexts.NoHeaders)),
        new(prefix + "PROTOCOL", SettingRules.Where(Protocols.Contains, SettingTexts.OneOf.With(string.Join(", ", Protocols)))),
        new(prefix + "TIMEOUT", SettingRules.Number(1)),
        new(prefix + "CERTIFICATE", Certificate),
        new(prefix + "CLIENT_CERTIFICATE", Certificate),
        new(prefix + "CLIENT_KEY", SettingRules.Where(IsReadable, SettingTexts.NoFile)),
    ];

    private static IEnumerable<KeyRule> Batches(string prefix) =>
    [
        new(prefix + "SCHEDULE_DELAY", SettingRules.Number(1)),
        new(prefix + "EXPORT_TIMEOUT", SettingRules.Number(0)),
        new(prefix + "MAX_QUEUE_SIZE", SettingRules.Number(1)),
        new(prefix + "MAX_EXPORT_BATCH_SIZE", SettingRules.Number(1)),
    ];

    private static Sentence? Certificate(string path)
    {
        if (!IsReadable(path)) return SettingTexts.NoFile;
        try
        {
            X509CertificateLoader.LoadCertificateFromFile(path).Dispose();
            return null;
        }
        catch (CryptographicException)
        {
            return SettingTexts.NoCertificate;
        }
    }

    private static bool IsReadable(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsRatio(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1;

    /// <summary>Pairs between commas, percent-encoded.</summary>
    private static bool AreHeaders(string text) =>
        Uri.UnescapeDataString(text).Split(',').All(pair => pair.IndexOf('=', StringComparison.Ordinal) > 0);

    /// <summary>Pairs between semicolons, of which one is the key of the resource.</summary>
    private static bool IsConnectionString(string text)
    {
        var pairs = text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToArray();
        var names = pairs.Select(pair => pair[0].Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return pairs.All(pair => pair.Length == 2)
            && names.Count == pairs.Length
            && names.Contains("InstrumentationKey")
            && pairs.All(pair => !pair[0].Trim().EndsWith("Endpoint", StringComparison.OrdinalIgnoreCase)
                || SettingRules.IsUrl(pair[1].Trim()));
    }
}
