using System.Net;
using System.Net.Sockets;
using Klanten.Tests.Hosting.FunctionsHost;
using Klanten.Tests.Hosting.FunctionsHost.Protocol;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>The published program, started and called as the Functions host does.</summary>
public sealed class HostedProgramTests(HostedProgram hosted) : IClassFixture<HostedProgram>
{
    private const int AtOnce = 200;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_klant_has_its_url_at_the_public_address() =>
        Assert.StartsWith($"{hosted.Root}/api/v1/klanten/", await hosted.Client.CreateAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task Another_public_address_has_other_urls()
    {
        var klant = await hosted.Client.CreateAsync();

        using var answer = await SendAsync("GET", klant, ("Host", "klanten.gemeente.example"));

        Assert.Equal($"http://klanten.gemeente.example{new Uri(klant).AbsolutePath}", (string?)(await answer.JsonAsync())["url"]);
    }

    [Fact]
    public async Task Another_public_address_has_other_ETags()
    {
        var klant = await hosted.Client.CreateAsync();

        using var here = await SendAsync("GET", klant);
        using var there = await SendAsync("GET", klant, ("Host", "klanten.gemeente.example"));

        Assert.NotEqual(here.Headers.ETag, there.Headers.ETag);
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "elsewhere.example")]
    [InlineData("X-Original-Host", "elsewhere.example")]
    [InlineData("Forwarded", "host=elsewhere.example")]
    public async Task A_consumer_cannot_make_up_the_public_address(string header, string value)
    {
        var klant = await hosted.Client.CreateAsync();

        using var answer = await SendAsync("GET", klant, (header, value));

        Assert.Equal(klant, (string?)(await answer.JsonAsync())["url"]);
    }

    [Theory]
    [InlineData("/index")]
    [InlineData("/api/v1/onbekend")]
    [InlineData("/api/v2/klanten")]
    [InlineData("/api/v1/klanten/")]
    [InlineData("/api/v1/Klanten")]
    [InlineData("/API/v1/klanten")]
    [InlineData("/healthz/ready/")]
    [InlineData("/runtime/webhooks")]
    public async Task A_path_that_is_not_exactly_the_standards_is_not_found(string path)
    {
        using var answer = await SendAsync("GET", path);

        ShouldBeProblem(HttpStatusCode.NotFound, answer);
    }

    [Fact]
    public async Task A_verb_that_an_operation_has_not_is_not_allowed()
    {
        using var answer = await SendAsync("DELETE", "/api/v1/klanten");

        ShouldBeProblem(HttpStatusCode.MethodNotAllowed, answer);
        Assert.Equal(["GET", "HEAD", "POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task HEAD_has_the_headers_of_GET_and_no_body()
    {
        var klant = await hosted.Client.CreateAsync();

        using var get = await SendAsync("GET", klant);
        using var head = await SendAsync("HEAD", klant);

        Assert.Equal((get.StatusCode, get.Headers.ETag), (head.StatusCode, head.Headers.ETag));
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Stop));
    }

    [Theory]
    [InlineData("/admin/host/status", HttpStatusCode.Unauthorized)]
    [InlineData("/favicon.ico", HttpStatusCode.NotFound)]
    [InlineData("//api/v1/klanten", HttpStatusCode.NotFound)]
    public async Task Some_paths_the_host_keeps_to_itself(string path, HttpStatusCode status)
    {
        using var answer = await SendAsync("GET", hosted.Root + path);

        Assert.Equal((status, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop)));
    }

    [Fact]
    public async Task An_invocation_id_of_the_consumer_does_no_harm()
    {
        using var answer = await SendAsync("GET", "/api/v1/klanten", (RequestForwarder.InvocationId, Guid.NewGuid().ToString()));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Many_requests_at_once_are_all_answered()
    {
        var urls = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => hosted.Client.CreateAsync()));

        Assert.Equal(AtOnce, urls.Distinct().Count());
    }

    [Theory]
    [InlineData(1_100_000)]
    [InlineData(30_000_000)]
    [InlineData(60_000_000)]
    public async Task A_body_that_is_too_large_is_refused_and_the_next_request_is_answered(int size)
    {
        using var body = new ByteArrayContent(new byte[size]) { Headers = { ContentType = new("application/json") } };
        using var refused = await hosted.Client.PostAsync("klanten", body, Stop);
        using var next = await SendAsync("GET", "/api/v1/klanten");

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.OK), (refused.StatusCode, next.StatusCode));
    }

    [Fact]
    public async Task The_hosts_own_address_is_left_to_the_host()
    {
        var address = hosted.Host.LeakedAddress;
        using var client = new TcpClient();

        await Assert.ThrowsAsync<SocketException>(async () => await client.ConnectAsync(address.Host, address.Port, Stop));
    }

    [Fact]
    public async Task Nothing_listens_beyond_this_machine()
    {
        var worker = await hosted.Host.WorkerAsync();
        var elsewhere = Dns.GetHostAddresses(Dns.GetHostName()).First(address => !IPAddress.IsLoopback(address));
        using var client = new TcpClient(elsewhere.AddressFamily);

        await Assert.ThrowsAsync<SocketException>(async () => await client.ConnectAsync(elsewhere, worker.HttpUri.Port, Stop));
    }

    [Fact]
    public void The_start_gives_no_cause_for_a_warning() =>
        Assert.DoesNotContain(hosted.Host.Log, line => line.Level >= RpcLog.Types.Level.Warning);

    [Fact]
    public async Task Nothing_is_written_to_the_home_folder_by_the_start_or_by_a_request()
    {
        await hosted.Client.CreateAsync();

        Assert.Empty(Directory.EnumerateFileSystemEntries(hosted.Host.Home, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Nothing_is_printed_but_remarks_about_the_configuration() =>
        Assert.All(hosted.Host.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("Note: ", line));

    [Fact]
    public async Task The_working_directory_is_the_programs_own_wherever_it_was_started()
    {
        var worker = await hosted.Host.WorkerAsync();

        Assert.Equal(Path.GetDirectoryName(worker.Process.Arguments[0]), new FileInfo($"/proc/{worker.Process.Id}/cwd").LinkTarget);
    }

    [Theory]
    [InlineData("live")]
    [InlineData("ready")]
    public async Task Health_has_the_same_address_as_without_a_host(string kind)
    {
        using var answer = await SendAsync("GET", $"/healthz/{kind}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_timer_of_an_app_without_notifications_does_nothing() =>
        Assert.Equal(StatusResult.Types.Status.Success, (await hosted.Host.TimerAsync("outbox_bezorgen")).Status);

    [Fact]
    public async Task A_consumer_cannot_run_the_timer()
    {
        using var answer = await SendAsync("POST", "/outbox_bezorgen");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static void ShouldBeProblem(HttpStatusCode status, HttpResponseMessage answer) =>
        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));

    private Task<HttpResponseMessage> SendAsync(string method, string url, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new(method), url);
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return hosted.Client.SendAsync(request, Stop);
    }
}
