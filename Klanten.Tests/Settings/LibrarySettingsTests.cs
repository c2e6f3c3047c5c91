using Klanten.Functions.Hosts;
using Klanten.Functions.Languages;
using Klanten.Functions.Settings;
using Klanten.Tests.Support;

namespace Klanten.Tests.Settings;

/// <summary>
/// A mistake in what a library reads is told in a sentence before the host is built: the library would end the program with a stack trace,
/// or pass over it.
/// </summary>
public sealed class LibrarySettingsTests
{
    private const string Key = "InstrumentationKey=00000000-0000-4000-8000-000000000000";

    [Theory]
    [InlineData("Logging:LogLevel:Default", "zqverbose")]
    [InlineData("Logging:LogLevel:Klanten.Functions.Storage", "zqveel")]
    [InlineData("Logging:Console:LogLevel:Default", "zqalles")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "zqverzamelaar")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "zqverzamelaar:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "ftp://zqverzamelaar")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "zqsleutel")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_HEADERS", "a=b,zqsleutel")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "zqhttp")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "zq10s")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "0")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "-1")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "99999999999")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/zq/bestaat-niet.pem")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/etc/hostname")]
    [InlineData("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "/zq/bestaat-niet.pem")]
    [InlineData("OTEL_EXPORTER_OTLP_CLIENT_KEY", "/zq/bestaat-niet.pem")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "0")]
    [InlineData("OTEL_METRIC_EXPORT_TIMEOUT", "-2")]
    [InlineData("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "0")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY", "zq")]
    [InlineData("OTEL_BLRP_MAX_QUEUE_SIZE", "-1")]
    [InlineData("OTEL_SPAN_EVENT_COUNT_LIMIT", "zq")]
    [InlineData("OTEL_TRACES_SAMPLER", "zqaltijd")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "1.5")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "NaN")]
    [InlineData("Logging:CaptureScopes", "zq")]
    [InlineData("Logging:Console:MaxQueueLength", "0")]
    [InlineData("Logging:Console:MaxQueueLength", "zq")]
    [InlineData("Logging:Console:QueueFullMode", "zq")]
    [InlineData("Logging:Console:QueueFullMode", "7")]
    [InlineData("Logging:Console:LogToStandardErrorThreshold", "zq")]
    [InlineData("Logging:Console:DisableColors", "zq")]
    [InlineData("Logging:Console:FormatterName", "zq")]
    [InlineData("Logging:Console:Format", "zq")]
    [InlineData("Logging:Console:TimestampFormat", "%")]
    [InlineData("Logging:Console:FormatterOptions:TimestampFormat", "%")]
    [InlineData("Logging:Console:FormatterOptions:IncludeScopes", "zq")]
    [InlineData("Logging:Console:FormatterOptions:ColorBehavior", "9")]
    [InlineData("Logging:Console:FormatterOptions:JsonWriterOptions:IndentSize", "128")]
    [InlineData("Logging:Console:FormatterOptions:JsonWriterOptions:IndentCharacter", "zq")]
    [InlineData("Logging:Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider:MaxQueueLength", "-1")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "zqsleutel")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "IngestionEndpoint=https://zq.example")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", $"{Key};IngestionEndpoint=zq")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", $"{Key};zqlos")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", $"{Key};{Key}")]
    public void A_value_that_the_library_cannot_read_is_named_by_its_key_and_not_repeated(string key, string value)
    {
        var sentence = Assert.Single(Assert.Throws<InvalidSettingsException>(() => Build(key, value)).Mistakes);
        Spoken.AssertEnglish(CommandLanguage.English[sentence]);
        var dutch = Spoken.AssertDutch(CommandLanguage.Dutch[sentence]);
        Assert.StartsWith($"{key} moet ", dutch, StringComparison.Ordinal);
        Assert.DoesNotContain("zq", dutch, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Logging:LogLevel:Default", "warning")]
    [InlineData("Logging:LogLevel:Default", "")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1/v1/x")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic%20eA==,a=b")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "5000")]
    [InlineData("OTEL_BSP_EXPORT_TIMEOUT", "0")]
    [InlineData("OTEL_TRACES_SAMPLER", "parentbased_always_on")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "0.25")]
    [InlineData("Logging:Console:FormatterName", "JSON")]
    [InlineData("Logging:Console:MaxQueueLength", "")]
    [InlineData("Logging:Console:FormatterOptions:TimestampFormat", "HH:mm:ss ")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", $"{Key};IngestionEndpoint=https://127.0.0.1:1/;ApplicationId=x;")]
    public async Task A_value_that_it_can_read_is_not(string key, string value) => await Build(key, value).DisposeAsync();

    [Fact]
    public void All_mistakes_are_found_at_once()
    {
        var mistakes = Assert.Throws<InvalidSettingsException>(() => KestrelHost.Build(
            ["--Logging:LogLevel:Default=zq", "--OTEL_EXPORTER_OTLP_TIMEOUT=zq", "--OTEL_EXPORTER_OTLP_HEADERS=zq"]));
        Assert.Equal(3, mistakes.Mistakes.Count);
        Assert.Equal(3, CommandLanguage.Dutch[ConfigurationErrors.Describe(mistakes)!].Split('\n').Length);
    }

    [Fact]
    public async Task A_value_of_Azure_that_makes_no_identity_is_one_sentence_with_its_name()
    {
        using var folder = new TempFolder();
        var (exitCode, output) = await KlantenProgram.RunAsync(folder.Path, new Dictionary<string, string?>
        {
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = Key,
            ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = "Authorization=AAD",
            ["AZURE_TOKEN_CREDENTIALS"] = "niets",
        });
        Assert.Equal(1, exitCode);
        Assert.Contains("AZURE_TOKEN_CREDENTIALS", Assert.Single(output.Split('\n')), StringComparison.Ordinal);
    }

    private static Microsoft.AspNetCore.Builder.WebApplication Build(string key, string value) =>
        KestrelHost.Build(["--environment=Production", $"--{key}={value}"]);
}
