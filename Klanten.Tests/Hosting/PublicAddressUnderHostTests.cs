namespace Klanten.Tests.Hosting;

/// <summary>What decides on the public address in Azure, where TLS ends before the host.</summary>
public sealed class PublicAddressUnderHostTests(PublishedProgram published) : IDisposable
{
    private readonly string data = Path.Combine(Path.GetTempPath(), $"klanten-{Guid.NewGuid():N}");

    [Fact]
    public async Task The_scheme_is_the_one_that_the_consumer_used()
    {
        await using var host = await FunctionsHostDouble.StartAsync(await published.FolderAsync(), Settings(), publicScheme: "https");

        Assert.Equal("https", (await CreatedAsync(host)).Scheme);
    }

    [Fact]
    public async Task A_configured_address_goes_before_what_the_host_tells()
    {
        var settings = Settings();
        settings["Klanten__PubliekeUrl"] = "https://gateway.example/klanten";
        await using var host = await FunctionsHostDouble.StartAsync(await published.FolderAsync(), settings);

        Assert.StartsWith("https://gateway.example/klanten/api/v1/klanten/", (await CreatedAsync(host)).ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
    }

    private static async Task<Uri> CreatedAsync(FunctionsHostDouble host)
    {
        using var client = HostedProgram.ClientOf(host);
        using var answer = await client.SendAsync(HostedProgram.NewKlant(), TestContext.Current.CancellationToken);
        return answer.Headers.Location!;
    }

    private Dictionary<string, string?> Settings() => HostedProgram.Settings(Path.Combine(data, "klanten.db"));
}
