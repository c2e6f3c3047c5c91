using System.Globalization;

namespace Klanten.Functions.Settings;

/// <summary>
/// Settings outside <c>Klanten</c> that a library reads: with a mistake in one it ends the program by an exception, or passes it over in
/// silence.
/// </summary>
internal static class LibrarySettings
{
    public const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Of the OpenTelemetry specification (Protocol Exporter): for all signals, and for each of them.</summary>
    private static readonly string[] OtlpPrefixes =
        ["OTEL_EXPORTER_OTLP_", "OTEL_EXPORTER_OTLP_TRACES_", "OTEL_EXPORTER_OTLP_METRICS_", "OTEL_EXPORTER_OTLP_LOGS_"];

    private static readonly string[] OtlpProtocols = ["grpc", "http/protobuf"];

    /// <exception cref="InvalidSettingsException">Some cannot be.</exception>
    public static void Judge(IConfiguration settings)
    {
        if (FindMistakes(settings) is { Count: > 0 } mistakes) throw new InvalidSettingsException(mistakes);
    }

    private static IReadOnlyList<Sentence> FindMistakes(IConfiguration settings)
    {
        IEnumerable<(string Key, Sentence? Mistake)> judged =
        [
            .. LogLevels(settings.GetSection("Logging")).Select(level => (level.Path, JudgeLogLevel(level.Value))),
            .. OtlpPrefixes.SelectMany(prefix => Otlp(settings, prefix)),
            (AzureMonitor, Judge(settings[AzureMonitor], IsConnectionString, SettingTexts.NoTelemetryConnection)),
        ];
        return [.. judged.Where(one => one.Mistake is not null).Select(one => SettingTexts.Keyed.With(one.Key, one.Mistake))];
    }

    /// <summary>Those of all providers, and those of one.</summary>
    private static IEnumerable<IConfigurationSection> LogLevels(IConfigurationSection logging) =>
        logging.GetChildren()
            .Select(provider => provider.GetSection("LogLevel"))
            .Prepend(logging.GetSection("LogLevel"))
            .SelectMany(levels => levels.GetChildren());

    private static Sentence? JudgeLogLevel(string? value) => string.IsNullOrEmpty(value) || Enum.TryParse<LogLevel>(value, true, out _)
        ? null
        : SettingTexts.OneOf.With(string.Join(", ", Enum.GetNames<LogLevel>()));

    private static IEnumerable<(string Key, Sentence? Mistake)> Otlp(IConfiguration settings, string prefix)
    {
        (string Key, Sentence? Mistake) One(string name, Func<string, bool> isGood, Sentence mistake) =>
            (prefix + name, Judge(settings[prefix + name], isGood, mistake));

        return
        [
            One("ENDPOINT", IsUrl, SettingTexts.NoUrl),
            One("HEADERS", AreHeaders, SettingTexts.NoHeaders),
            One("PROTOCOL", OtlpProtocols.Contains, SettingTexts.OneOf.With(string.Join(", ", OtlpProtocols))),
            One("TIMEOUT", value => int.TryParse(value, CultureInfo.InvariantCulture, out _), SettingTexts.WholeNumber),
        ];
    }

    private static Sentence? Judge(string? value, Func<string, bool> isGood, Sentence mistake) =>
        string.IsNullOrEmpty(value) || isGood(value) ? null : mistake;

    private static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

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
            && pairs.All(pair => !pair[0].Trim().EndsWith("Endpoint", StringComparison.OrdinalIgnoreCase) || IsUrl(pair[1].Trim()));
    }
}

/// <summary>Settings with which the program cannot be built.</summary>
/// <param name="mistakes">One sentence each, with the key and without its value, which may be a secret.</param>
internal sealed class InvalidSettingsException(IReadOnlyList<Sentence> mistakes) : Exception(string.Join('\n', mistakes))
{
    public IReadOnlyList<Sentence> Mistakes => mistakes;
}
