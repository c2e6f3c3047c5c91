using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>What decides on the public address in Azure, where TLS ends before the host.</summary>
public sealed class PublicAddressUnderHostTests(PublishedProgram published)
{
    [Fact]
    public async Task The_scheme_is_the_one_that_the_consumer_used()
    {
        await using var hosted = await HostedProgram.StartAsync(published, new Dictionary<string, string?>(), publicScheme: "https");
        var klant = await hosted.Client.CreateAsync();

        Assert.StartsWith($"https://{hosted.Host.BaseAddress.Authority}/api/v1/klanten/", klant, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configured_address_takes_precedence_over_that_of_the_host()
    {
        var settings = new Dictionary<string, string?> { ["Klanten:PubliekeUrl"] = "https://gateway.example/klanten" };
        await using var hosted = await HostedProgram.StartAsync(published, settings);

        Assert.StartsWith("https://gateway.example/klanten/api/v1/klanten/", await hosted.Client.CreateAsync(), StringComparison.Ordinal);
    }
}
