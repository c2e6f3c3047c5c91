using System.Globalization;
using System.Net;
using Klanten.Functions.ExternalApis;
using Klanten.Functions.Subjecten;
using Klanten.Tests.Support;

namespace Klanten.Tests.Subjecten;

/// <summary>
/// What a subject may point to: whatever way it is written, nothing inside the network is dialled unless the configuration
/// allows it.
/// </summary>
public sealed class GuardTests : IAsyncLifetime
{
    private FakeApi inside = null!;
    private FakeApi hop = null!;

    /// <summary>Ways to write an address of this machine; PORT is that of a server that would answer 200.</summary>
    public static TheoryData<string> Disguises =>
    [
        "http://127.0.0.1:PORT/", "http://127.1.2.3:PORT/", "http://127.1:PORT/", "http://127.0.1:PORT/", "http://2130706433:PORT/",
        "http://017700000001:PORT/",
        "http://0177.0.0.1:PORT/", "http://0x7f000001:PORT/", "http://0x7F.0.0.0x1:PORT/", "http://127.0.0.1.:PORT/",
        "http://%31%32%37.0.0.1:PORT/", "http://０x7f.1:PORT/", "http://１２７.0.0.1:PORT/", "http://127。0。0。1:PORT/",
        "http://0.0.0.0:PORT/", "http://0:PORT/", "http://[::1]:PORT/", "http://[0:0:0:0:0:0:0:1]:PORT/", "http://[::]:PORT/",
        "http://[::ffff:127.0.0.1]:PORT/", "http://[::ffff:7f00:1]:PORT/",
        "http://[::ffff:0:127.0.0.1]:PORT/", "http://[::127.0.0.1]:PORT/", "http://[64:ff9b::127.0.0.1]:PORT/",
        "http://[2002:7f00:1::]:PORT/", "http://[fe80::1%25lo]:PORT/", "http://[fe80::1]:PORT/",
        "http://localhost:PORT/", "http://LOCALHOST:PORT/", "http://LocalHost.:PORT/", "http://localhost.:PORT/", "http://ⓛocalhost:PORT/",
        "http://user:pw@localhost:PORT/", "http://example.com@127.0.0.1:PORT/",
        "http://127.0.0.1:PORT#@example.com/", "http://127.0.0.1:PORT?@example.com/", "HTTP://127.0.0.1:PORT/",
    ];

    public async ValueTask InitializeAsync()
    {
        inside = await FakeApi.StartAsync(address: "[::]");
        hop = await FakeApi.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await hop.DisposeAsync();
        await inside.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Disguises))]
    public async Task An_address_of_this_machine_is_not_dialled(string url)
    {
        Assert.False(await SubjectSettings.ExistsAsync(Inside(url)));
        Assert.Empty(inside.Received);
    }

    [Theory]
    [MemberData(nameof(Disguises))]
    public async Task Nor_is_it_when_an_allowed_host_redirects_to_it(string url)
    {
        hop.Answer = FakeApi.Redirect(
            Inside(url).Replace("localhost", "localhost.", StringComparison.OrdinalIgnoreCase)
                .Replace("ⓛocalhost", "localhost.", StringComparison.Ordinal).Replace("..", ".", StringComparison.Ordinal));
        // The hop is known by a name, so that its address does not become an allowed one.
        await SubjectSettings.ExistsAsync($"http://localhost:{hop.Port}/", allowed: "localhost");
        Assert.Single(hop.Received);
        Assert.Empty(inside.Received);
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://172.16.0.1/")]
    [InlineData("http://192.168.1.1/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://169.254.169.254/metadata/instance?api-version=2021-02-01")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0xa9fea9fe/")]
    [InlineData("http://0251.0376.0251.0376/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://168.63.129.16/")]
    [InlineData("http://[fd00::1]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[ff02::1]/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("https://10.0.0.1/")]
    public async Task Other_addresses_inside_a_network_are_refused_before_they_are_dialled(string url) =>
        await AssertRefusedAsync(new(), url);

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("fd00::1")]
    public async Task A_name_is_as_good_as_what_it_resolves_to(string address) =>
        await AssertRefusedAsync(new(), "http://register.example/", _ => [IPAddress.Parse(address)]);

    [Fact]
    public async Task A_name_without_an_address_is_refused() => await AssertRefusedAsync(new(), "http://register.example/", _ => []);

    [Fact]
    public async Task A_name_is_resolved_once_so_that_what_was_checked_is_what_is_dialled()
    {
        var resolved = 0;
        // A rebinding resolver: public when it is checked, inside when it is looked up once more.
        using var client = SubjectSettings.Guarded(
            new(), _ => Interlocked.Increment(ref resolved) == 1 ? [IPAddress.Parse("10.0.0.1")] : [IPAddress.Loopback]);
        await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync($"http://register.example:{inside.Port}/", TestContext.Current.CancellationToken));
        Assert.Equal((1, 0), (resolved, inside.Received.Count));
    }

    [Fact]
    public async Task An_allowed_host_is_dialled()
    {
        Assert.True(await SubjectSettings.ExistsAsync(Inside("http://127.0.0.1:PORT/"), allowed: "127.0.0.1"));
        Assert.Single(inside.Received);
    }

    [Theory]
    [InlineData("localhost", "http://localhost:PORT/")]
    [InlineData("LOCALHOST", "http://localhost:PORT/")]
    [InlineData("localhost", "http://LOCALHOST:PORT/")]
    [InlineData("::1", "http://[::1]:PORT/")]
    [InlineData("[::1]", "http://[::1]:PORT/")]
    [InlineData("[0:0::1]", "http://[::1]:PORT/")]
    public async Task An_allowed_host_may_be_written_either_way(string allowed, string url) =>
        Assert.True(await SubjectSettings.ExistsAsync(Inside(url), allowed));

    [Fact]
    public async Task An_allowed_host_with_an_international_name_is_dialled()
    {
        var options = new SubjectOptions { ToegestaneHosts = { "bücher.example" } };
        using var client = SubjectSettings.Guarded(options, _ => [IPAddress.Loopback]);
        using var response = await client.GetAsync($"http://bücher.example:{hop.Port}/", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("http://127.0.0.1:PORT/", "localhost")]
    [InlineData("http://localhost:PORT/", "127.0.0.1")]
    [InlineData("http://127.0.0.2:PORT/", "127.0.0.1")]
    [InlineData("http://localhost:PORT/", "host")]
    [InlineData("http://localhost:PORT/", "example.com")]
    public async Task One_allowed_host_does_not_allow_another(string url, string allowed) =>
        Assert.False(await SubjectSettings.ExistsAsync(Inside(url), allowed));

    [Theory]
    [InlineData("ftp://127.0.0.1:PORT/")]
    [InlineData("ftps://127.0.0.1:PORT/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:PORT/")]
    [InlineData("ws://127.0.0.1:PORT/")]
    [InlineData("//127.0.0.1:PORT/")]
    [InlineData("/etc/passwd")]
    [InlineData("127.0.0.1:PORT")]
    [InlineData("javascript:1")]
    public async Task Only_http_and_https_are_dialled(string url)
    {
        Assert.False(await SubjectSettings.ExistsAsync(Inside(url), allowed: "127.0.0.1"));
        Assert.Empty(inside.Received);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1:PORT/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:PORT/")]
    public async Task A_redirect_to_another_scheme_is_not_followed(string url)
    {
        hop.Answer = FakeApi.Redirect(Inside(url));
        Assert.False(await SubjectSettings.ExistsAsync(hop.Root, allowed: "127.0.0.1"));
        Assert.Empty(inside.Received);
    }

    private string Inside(string url) => url.Replace("PORT", inside.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static async Task AssertRefusedAsync(SubjectOptions options, string url, LookUpHost? resolve = null)
    {
        using var client = SubjectSettings.Guarded(options, resolve);
        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(url, TestContext.Current.CancellationToken));
        Assert.IsType<BlockedAddressException>(exception.GetBaseException());
    }
}
