using System.Text.Json;
using Klanten.Tests.Support;

namespace Klanten.Tests.Infra;

/// <summary>host.json, by which a Functions host serves and logs.</summary>
public sealed class HostFileTests
{
    private static readonly JsonElement Host = Read();

    [Fact]
    public void Addresses_under_the_host_are_those_of_the_program() =>
        Assert.Equal("", Host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());

    [Fact]
    public void The_host_and_the_program_write_one_trace() =>
        Assert.Equal("OpenTelemetry", Host.GetProperty("telemetryMode").GetString());

    /// <remarks>At Information the first three write URLs with their query strings; Function is the log of every invocation.</remarks>
    [Theory]
    [InlineData("Yarp")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("System.Net.Http")]
    [InlineData("Function")]
    public void The_host_logs_no_request(string category) =>
        Assert.Equal("Warning", Host.GetProperty("logging").GetProperty("logLevel").GetProperty(category).GetString());

    [Fact]
    public void The_program_is_an_isolated_worker() =>
        Assert.Equal(["version", "telemetryMode", "logging", "extensions"], Host.EnumerateObject().Select(p => p.Name));

    private static JsonElement Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("host.json")));
        return document.RootElement.Clone();
    }
}
