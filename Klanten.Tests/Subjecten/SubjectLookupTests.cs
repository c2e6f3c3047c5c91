using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Klanten.Core.Ports;
using Klanten.Functions.Subjecten;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.Subjecten;

/// <summary>kla-002: a subject is fetched and must end in 200, whatever the other side does to us.</summary>
public sealed class SubjectLookupTests : IAsyncLifetime
{
    private const string Loopback = "127.0.0.1";

    private FakeApi register = null!;

    public async ValueTask InitializeAsync() => register = await FakeApi.StartAsync();

    public ValueTask DisposeAsync() => register.DisposeAsync();

    [Fact]
    public async Task A_subject_that_answers_200_exists() => Assert.True(await ExistsAsync(register.Root));

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(204)]
    [InlineData(206)]
    [InlineData(300)]
    [InlineData(304)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Anything_else_does_not(int status)
    {
        register.Answer = FakeApi.With(status);
        Assert.False(await ExistsAsync(register.Root));
    }

    [Fact]
    public async Task It_is_fetched_by_a_plain_GET_that_carries_nothing_about_us()
    {
        using var ambient = new System.Diagnostics.Activity("request").AddBaggage("bsn", "999993653").Start();
        await ExistsAsync($"{register.Root}/personen/1?a=b");
        var request = Assert.Single(register.Received);
        Assert.Equal(("GET", "/personen/1?a=b"), (request.Method, request.PathAndQuery));
        Assert.Equal(["Host"], request.Headers.Keys);
    }

    [Fact]
    public async Task Credentials_in_the_url_are_not_sent()
    {
        await ExistsAsync($"http://user:pw@127.0.0.1:{register.Port}/");
        Assert.Null(Assert.Single(register.Received)["Authorization"]);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_followed(int status)
    {
        await using var hop = await FakeApi.StartAsync(FakeApi.Redirect($"{register.Root}/there", status));
        Assert.True(await ExistsAsync(hop.Root));
        Assert.Equal("/there", Assert.Single(register.Received).PathAndQuery);
    }

    [Fact]
    public async Task A_relative_redirect_is_followed()
    {
        register.Answer = http => http.Request.Path == "/there" ? FakeApi.With(200)(http) : FakeApi.Redirect("there")(http);
        Assert.True(await ExistsAsync($"{register.Root}/here"));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task Five_redirects_are_followed_and_no_more(int redirects, bool exists)
    {
        register.Answer = http => register.Received.Count > redirects
            ? FakeApi.With(200)(http)
            : FakeApi.Redirect($"/{register.Received.Count}")(http);
        Assert.Equal(exists, await ExistsAsync(register.Root));
        Assert.Equal(6, register.Received.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://")]
    [InlineData("http://[::1")]
    [InlineData("http://exa mple/")]
    [InlineData("http://xn--a/")]
    [InlineData("http://a..b/")]
    public async Task A_redirect_to_nowhere_ends_there(string location)
    {
        register.Answer = FakeApi.Redirect(location);
        Assert.False(await ExistsAsync($"{register.Root}/x"));
    }

    [Fact]
    public async Task A_redirect_without_a_location_ends_there()
    {
        register.Answer = FakeApi.With(302);
        Assert.False(await ExistsAsync(register.Root));
    }

    [Fact]
    public async Task A_body_without_an_end_is_not_waited_for()
    {
        var written = 0L;
        await using var server = new RawServer(async (stream, cancel) =>
        {
            await RawServer.ReadRequestAsync(stream, cancel);
            await RawServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", cancel);
            for (var block = new byte[64 * 1024]; ; written += block.Length) await stream.WriteAsync(block, cancel);
        });
        Assert.True(await ExistsAsync(server.Root));
        // What fits in the buffers of two sockets, and not a stream that is read.
        Assert.InRange(written, 0, 64L * 1024 * 1024);
    }

    [Fact]
    public async Task A_redirect_with_a_body_without_an_end_is_followed()
    {
        await using var server = new RawServer(async (stream, cancel) =>
        {
            await RawServer.ReadRequestAsync(stream, cancel);
            await RawServer.WriteAsync(
                stream, $"HTTP/1.1 302 Found\r\nLocation: {register.Root}\r\nTransfer-Encoding: chunked\r\n\r\n", cancel);
            while (true) await RawServer.WriteAsync(stream, "4\r\nmeer\r\n", cancel);
        });
        Assert.True(await ExistsAsync(server.Root));
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("HTTP/1.1 200", "half a status line")]
    [InlineData("220 mail.example ESMTP\r\n", "another protocol")]
    [InlineData("\u0016\u0003\u0001\u0002\r\n\r\n", "TLS")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n", "a status that is no number")]
    [InlineData("HTTP/9.9 200 OK\r\n\r\n", "a version that is none")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "a header that is none")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n", "headers without an end")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: \u0001\u0002\r\nContent-Length: 0\r\n\r\n", "a location that is no text")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "another protocol from here")]
    public async Task What_is_no_answer_does_not_count(string answer, string kind)
    {
        await using var server = new RawServer(async (stream, cancel) =>
        {
            await RawServer.ReadRequestAsync(stream, cancel);
            await RawServer.WriteAsync(stream, answer, cancel);
        });
        Assert.False(await ExistsAsync(server.Root), kind);
    }

    [Fact]
    public async Task Headers_without_an_end_are_cut_off()
    {
        var written = 0L;
        await using var server = new RawServer(async (stream, cancel) =>
        {
            await RawServer.ReadRequestAsync(stream, cancel);
            await RawServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\n", cancel);
            for (var header = $"X-Bom: {new string('x', 1000)}\r\n"; ; written += header.Length)
            {
                await RawServer.WriteAsync(stream, header, cancel);
            }
        });
        Assert.False(await ExistsAsync(server.Root, timeout: "00:00:30"));
        Assert.InRange(written, 16 * 1024, 64L * 1024 * 1024);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nX-Slow: ", "x")]
    [InlineData("", "HTTP/1.1 100 Continue\r\n\r\n")]
    public async Task An_answer_without_an_end_ends_in_a_timeout(string start, string repeated)
    {
        await using var server = new RawServer(async (stream, cancel) =>
        {
            await RawServer.ReadRequestAsync(stream, cancel);
            await RawServer.WriteAsync(stream, start, cancel);
            for (; ; await Task.Delay(20, cancel)) await RawServer.WriteAsync(stream, repeated, cancel);
        });
        Assert.False(await ExistsAsync(server.Root, timeout: "00:00:00.3"));
    }

    [Fact]
    public async Task A_connection_without_an_answer_ends_in_a_timeout()
    {
        await using var server = new RawServer((_, cancel) => Task.Delay(Timeout.Infinite, cancel));
        Assert.False(await ExistsAsync(server.Root, timeout: "00:00:00.3"));
    }

    [Fact]
    public async Task The_time_limit_is_over_all_redirects_together()
    {
        register.Answer = async http =>
        {
            await Task.Delay(200, http.RequestAborted);
            await (register.Received.Count == 6 ? FakeApi.With(200) : FakeApi.Redirect($"/{register.Received.Count}"))(http);
        };
        Assert.False(await ExistsAsync(register.Root, timeout: "00:00:00.7"));
    }

    [Fact]
    public async Task An_https_address_without_TLS_does_not_count() =>
        Assert.False(await ExistsAsync($"https://127.0.0.1:{register.Port}/"));

    [Fact]
    public async Task A_connection_that_is_closed_halfway_does_not_count()
    {
        register.Answer = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        Assert.False(await ExistsAsync(register.Root));
    }

    [Fact]
    public async Task A_connection_that_is_reset_does_not_count()
    {
        await using var server = new RawServer((stream, _) =>
        {
            stream.Socket.LingerState = new(true, 0);
            return Task.CompletedTask;
        });
        Assert.False(await ExistsAsync(server.Root));
    }

    [Fact]
    public async Task A_port_that_refuses_connections_does_not_count()
    {
        using var deaf = new Socket(SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.False(await ExistsAsync($"http://127.0.0.1:{((IPEndPoint)deaf.LocalEndPoint!).Port}/"));
    }

    [Theory]
    [InlineData("http://does-not-exist.invalid/")]
    [InlineData(
        "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa." +
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa." +
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.nl/")]
    [InlineData("http://xn--ls8h.la/")]
    [InlineData("http://127.0.0.1:0/")]
    [InlineData("http://127.0.0.1:99999/")]
    [InlineData("geen url")]
    public async Task A_host_that_is_not_there_does_not_count(string url) => Assert.False(await ExistsAsync(url));

    [Fact]
    public async Task A_consumer_that_leaves_ends_the_fetch()
    {
        using var leave = new CancellationTokenSource();
        register.Answer = async http =>
        {
            await leave.CancelAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        await using var services = SubjectSettings.Services(("ToegestaneHosts:0", Loopback), ("Timeout", "00:00:30"));
        var lookup = services.GetRequiredService<ISubjectLookup>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lookup.ExistsAsync(register.Root, leave.Token));
    }

    [Fact]
    public async Task Over_HTTP_the_error_of_a_bad_subject_shows_nothing_of_its_answer()
    {
        register.Answer = FakeApi.With(404, """{"detail": "dossier van Jansen is vernietigd"}""");
        await using var program = await KlantenHost.StartAsync(
            new Dictionary<string, string?> { ["Klanten:Subject:ToegestaneHosts:0"] = Loopback });
        using var response = await program.Client.SendAsync("POST", "klanten", Bodies.NumberedKlant(register.Root));
        var body = await response.JsonAsync();
        var expected = """[{"name": "subject", "code": "bad-url", "reason": "REASON"}]"""
            .Replace("REASON", (string?)body["invalidParams"]![0]!["reason"], StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(body["invalidParams"], JsonNode.Parse(expected)));
        Assert.DoesNotContain("Jansen", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_subjects_at_a_time_than_there_is_room_for_are_refused_at_once_and_later_ones_are_not()
    {
        using var answering = new ManualResetEventSlim();
        await using var services = SubjectSettings.Services(
            _ =>
            {
                answering.Wait();
                return [];
            }, ("Timeout", "00:00:30"));
        var lookup = services.GetRequiredService<ISubjectLookup>();
        var fetches = Enumerable.Range(0, SubjectLookup.MaxFetches)
            .Select(i => lookup.ExistsAsync($"http://n{i}.example/", TestContext.Current.CancellationToken)).ToArray();
        await Assert.ThrowsAsync<StoreBusyException>(
            () => lookup.ExistsAsync("http://meer.example/", TestContext.Current.CancellationToken));
        answering.Set();
        Assert.DoesNotContain(true, await Task.WhenAll(fetches));
        Assert.False(await lookup.ExistsAsync("http://later.example/", TestContext.Current.CancellationToken));
    }

    private static Task<bool> ExistsAsync(string subject, string timeout = "00:00:20") =>
        SubjectSettings.ExistsAsync(subject, Loopback, ("Timeout", timeout));
}
