using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Klanten.Tests.Hosting;

/// <summary>The published program, started and called as the Functions host does.</summary>
public sealed class HostedProgramTests(HostedProgram hosted) : IClassFixture<HostedProgram>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_klant_has_its_url_at_the_public_address()
    {
        using var answer = await hosted.Client.SendAsync(HostedProgram.NewKlant(), Stop);

        Assert.StartsWith($"{hosted.Host.BaseAddress}api/v1/klanten/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_public_address_has_other_urls()
    {
        using var answer = await hosted.Client.SendAsync(At("klanten.gemeente.example", HostedProgram.NewKlant()), Stop);

        Assert.Equal("klanten.gemeente.example", answer.Headers.Location!.Host);
    }

    [Fact]
    public async Task Another_public_address_has_other_ETags()
    {
        using var created = await hosted.Client.SendAsync(HostedProgram.NewKlant(), Stop);
        var path = created.Headers.Location!.AbsolutePath;

        using var here = await hosted.Client.GetAsync(path, Stop);
        using var there = await hosted.Client.SendAsync(At("klanten.gemeente.example", new(HttpMethod.Get, path)), Stop);

        Assert.NotEqual(here.Headers.ETag, there.Headers.ETag);
    }

    [Fact]
    public async Task Links_to_pages_carry_the_public_address()
    {
        for (var i = 0; i <= 100; i++) (await hosted.Client.SendAsync(HostedProgram.NewKlant(), Stop)).Dispose();

        using var page = JsonDocument.Parse(await hosted.Client.GetStringAsync("/api/v1/klanten", Stop));

        Assert.Equal($"{hosted.Host.BaseAddress}api/v1/klanten?page=2", page.RootElement.GetProperty("next").GetString());
    }

    [Fact]
    public async Task A_consumer_cannot_make_up_the_public_address()
    {
        using var request = HostedProgram.NewKlant();
        request.Headers.Add("X-Forwarded-Host", "elsewhere.example");
        using var answer = await hosted.Client.SendAsync(request, Stop);

        Assert.Equal(hosted.Host.BaseAddress.Authority, answer.Headers.Location!.Authority);
    }

    [Theory]
    [InlineData("/api/v1/onbekend")]
    [InlineData("/api/v1/klanten/")]
    [InlineData("/api/v1/Klanten")]
    [InlineData("/API/v1/klanten")]
    public async Task A_path_that_is_not_exactly_the_standards_is_not_found(string path)
    {
        using var answer = await hosted.Client.GetAsync(path, Stop);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_verb_that_an_operation_has_not_is_not_allowed()
    {
        using var answer = await hosted.Client.DeleteAsync("/api/v1/klanten", Stop);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_path_outside_the_prefix_never_reaches_the_program()
    {
        using var answer = await hosted.Client.GetAsync("/api/v2/klanten", Stop);

        Assert.Equal((HttpStatusCode.NotFound, 0), (answer.StatusCode, answer.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task The_hosts_own_address_is_left_to_the_host()
    {
        using var client = new TcpClient();

        await Assert.ThrowsAsync<SocketException>(async () => await client.ConnectAsync(hosted.Host.LeakedAddress.Host, hosted.Host.LeakedAddress.Port, Stop));
    }

    [Fact]
    public async Task Nothing_listens_beyond_this_machine()
    {
        var elsewhere = Dns.GetHostAddresses(Dns.GetHostName()).Append(IPAddress.IPv6Loopback).First(a => !a.Equals(IPAddress.Loopback));
        using var client = new TcpClient(elsewhere.AddressFamily);

        await Assert.ThrowsAsync<SocketException>(async () => await client.ConnectAsync(elsewhere, hosted.Host.ProgramAddress.Port, Stop));
    }

    [Fact]
    public void The_start_gives_no_cause_for_a_warning() =>
        Assert.DoesNotContain("warn", hosted.Host.Program.Output, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task The_ping_of_the_host_is_answered()
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(hosted.Host.ProgramAddress, Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("live")]
    [InlineData("ready")]
    public async Task Health_is_told_beneath_the_prefix(string kind)
    {
        using var answer = await hosted.Client.GetAsync($"/api/v1/healthz/{kind}", Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_host_can_run_the_timer()
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri(hosted.Host.ProgramAddress, "outbox_bezorgen"), null, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_consumer_cannot_run_the_timer()
    {
        using var answer = await hosted.Client.PostAsync("/outbox_bezorgen", null, Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static HttpRequestMessage At(string publicHost, HttpRequestMessage request)
    {
        request.Headers.Host = publicHost;
        return request;
    }
}
