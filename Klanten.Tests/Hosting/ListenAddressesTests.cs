using Klanten.Functions.Hosts;
using Klanten.Functions.Languages;
using Klanten.Functions.Settings;
using Klanten.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Klanten.Tests.Hosting;

/// <summary>The program listens where the settings say, and nowhere else.</summary>
public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("http://*:80")]
    [InlineData("http://+:80")]
    [InlineData("http://0.0.0.0")]
    [InlineData("http://127.0.0.1:7071;http://[::1]:7071")]
    [InlineData("http://[::]:80")]
    [InlineData("http://LOCALHOST:7071")]
    [InlineData("http://klanten.localhost:7071")]
    [InlineData("http://unix:/run/klanten.sock")]
    public void An_address_that_means_what_it_says_is_no_mistake(string urls) => Read(("urls", urls)).Judge();

    [Theory]
    [InlineData("urls", "http://localhots:7071")]
    [InlineData("urls", "http://localhost.:7071")]
    [InlineData("urls", "http://127.0.0.1:7071;http://klanten.example")]
    [InlineData("urls", "http://256.1.1.1:7071")]
    [InlineData("urls", "http://127.0.0.1:7071:7072")]
    [InlineData("Kestrel:Endpoints:a:Url", "http://localhots:7071")]
    [InlineData("http_ports", "x")]
    public void A_name_on_which_the_server_would_listen_everywhere_is_a_mistake(string key, string value) =>
        Assert.Throws<InvalidSettingsException>(Read((key, value)).Judge);

    [Fact]
    public void Addresses_that_another_setting_overrides_are_not_judged() =>
        Read(("urls", "http://localhots:7071"), ("Kestrel:Endpoints:a:Url", "http://127.0.0.1:7071")).Judge();

    [Fact]
    public void The_name_of_this_machine_is_remarked_on()
    {
        var url = $"http://{Environment.MachineName}:7071";
        Read(("urls", url)).Judge();
        Assert.StartsWith(url, Assert.Single(Remarks(("urls", url))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_program_does_not_read_of_Kestrel_is_remarked_on() => Assert.StartsWith(
        "Kestrel:Limits does nothing",
        Assert.Single(Remarks(("Kestrel:Limits:MaxConcurrentConnections", "5"), ("Kestrel:Endpoints:a:Url", "http://127.0.0.1"))),
        StringComparison.Ordinal);

    [Fact]
    public async Task Ports_without_addresses_are_those_of_every_address()
    {
        using var folder = new TempFolder();
        await using var program = await KlantenProgram.StartAsync(
            folder.Path, new Dictionary<string, string?> { ["ASPNETCORE_URLS"] = "", ["ASPNETCORE_HTTP_PORTS"] = "7399" });
        Assert.EndsWith(":7399", program.Root, StringComparison.Ordinal);
    }

    private static ListenAddresses Read(params (string Key, string Value)[] settings) => ListenAddresses.Read(Configuration(settings));

    private static IEnumerable<string> Remarks(params (string Key, string Value)[] settings) =>
        new ListenRemarks(Configuration(settings)).Remarks().Select(remark => CommandLanguage.English[remark]);

    private static IConfigurationRoot Configuration((string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value))).Build();
}
