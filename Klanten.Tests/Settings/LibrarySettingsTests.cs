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

    private static Microsoft.AspNetCore.Builder.WebApplication Build(string key, string value) =>
        KestrelHost.Build(["--environment=Production", $"--{key}={value}"]);
}
