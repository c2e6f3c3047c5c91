using System.Net;
using System.Net.Sockets;
using Klanten.Functions.ExternalApis;
using Klanten.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Klanten.Tests.ExternalApis;

/// <summary>What an operator reads about another API: which one, what it answered and what to do, once for each change.</summary>
public sealed class ExternalApiLogTests : IAsyncLifetime
{
    private readonly LogEverything log = new();
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly FakeApi other = new();

    public ValueTask InitializeAsync() => other.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await other.DisposeAsync();
        log.Dispose();
    }

    [Theory]
    [InlineData(400, "The Notificaties API answered 400: check whether kanaal klanten is registered there (kanaal-registreren)")]
    [InlineData(401, "The Notificaties API answered 401: check ClientId and Secret in Klanten:Notificaties")]
    [InlineData(403, "The Notificaties API answered 403: check ClientId and Secret in Klanten:Notificaties")]
    [InlineData(301, "The Notificaties API answered 301: redirects are not followed, so check Klanten:Notificaties:Url")]
    [InlineData(404, "The Notificaties API answered 404: check Klanten:Notificaties:Url")]
    [InlineData(500, "The Notificaties API answered 500: ")]
    [InlineData(503, "The Notificaties API answered 503: ")]
    public async Task A_refused_notification_is_logged_with_the_status_once(int status, string expected)
    {
        other.Answer = FakeApi.With(status);
        await using var program = await StartAsync(NotificatiesApi.SettingsOf(other.Root));
        for (var i = 0; i < 3; i++) await program.Client.CreateAsync();
        await Eventually.TrueAsync(() => other.Received.Count >= 3, "all are delivered");
        await Eventually.TrueAsync(() => LinesWith("The Notificaties API").Length > 0, "it is logged");
        Assert.StartsWith(expected, Assert.Single(LinesWith("The Notificaties API")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_host_is_told_from_one_that_refuses()
    {
        await other.DisposeAsync();
        await using var program = await StartAsync(NotificatiesApi.SettingsOf(other.Root));
        await program.Client.CreateAsync();
        await Eventually.TrueAsync(() => LinesWith("The Notificaties API").Length > 0, "it is logged");
        Assert.StartsWith(
            "The Notificaties API refused the connection: check whether it runs, and the address in Klanten:Notificaties",
            Assert.Single(LinesWith("The Notificaties API")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_found_is_told_and_is_looked_up_outside_the_thread_pool()
    {
        var pooled = true;
        await using var program = await StartAsync(NotificatiesApi.SettingsOf("http://nrc.example"), services => services.AddSingleton(
            new LookUpHost(_ =>
            {
                pooled = Thread.CurrentThread.IsThreadPoolThread;
                throw new SocketException((int)SocketError.HostNotFound);
            })));
        await program.Client.CreateAsync();
        await Eventually.TrueAsync(() => LinesWith("The Notificaties API has a name that is not found: ").Length == 1, "it is logged");
        Assert.False(pooled);
    }

    [Theory]
    [InlineData("http", "220 mail.example ESMTP\r\n", "answered with something else than HTTP")]
    [InlineData("http", "", "closed the connection before it answered")]
    [InlineData("https", "HTTP/1.1 200 OK\r\n\r\n", "gave no trusted TLS connection")]
    public async Task An_answer_that_is_none_is_told_by_its_kind(string scheme, string answer, string expected)
    {
        await using var server = new RawServer(async (stream, cancel) =>
        {
            if (scheme == "http") await RawServer.ReadRequestAsync(stream, cancel);
            await RawServer.WriteAsync(stream, answer, cancel);
        });
        await using var program = await StartAsync(NotificatiesApi.SettingsOf($"{scheme}://127.0.0.1:{server.Port}"));
        await program.Client.CreateAsync();
        await Eventually.TrueAsync(() => LinesWith($"The Notificaties API {expected}: ").Length == 1, "it is logged");
    }

    [Fact]
    public async Task That_it_works_again_is_logged_too()
    {
        other.Answer = FakeApi.With(503);
        await using var program = await StartAsync(NotificatiesApi.SettingsOf(other.Root));
        await program.Client.CreateAsync();
        await Eventually.TrueAsync(() => LinesWith("answered 503").Length == 1, "the failure is logged");
        clock.Advance(TimeSpan.FromSeconds(42));
        other.Answer = FakeApi.With(201);
        await program.Client.CreateAsync();
        await Eventually.TrueAsync(() => LinesWith("works again (answered 201) after 42 s").Length == 1, "the recovery is logged");
    }

    [Theory]
    [InlineData(500, "", "answered 500: ")]
    [InlineData(403, "", "answered 403: check ClientId and Secret in Klanten:Autorisaties")]
    [InlineData(200, "<html>", "answered 200 with something else than its JSON: check Klanten:Autorisaties:Url")]
    [InlineData(200, "{}", "answered 200 with something else than its JSON: check Klanten:Autorisaties:Url")]
    [InlineData(302, "", "answered 302: redirects are not followed, so check Klanten:Autorisaties:Url")]
    public async Task An_Autorisaties_API_that_gives_no_answer_leaves_a_line(int status, string body, string expected)
    {
        other.Answer = FakeApi.With(status, body, "text/html");
        await using var program = await StartAsync(AutorisatiesApi.SettingsOf(other.Root));
        using var client = program.ClientOf(Applications.Elders);
        for (var i = 0; i < 3; i++)
        {
            using var refused = await client.SendAsync("GET", "klanten");
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            clock.Advance(TimeSpan.FromSeconds(6));
        }
        Assert.StartsWith($"The Autorisaties API {expected}", Assert.Single(LinesWith("The Autorisaties API")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"x\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"clientIds": null}""")]
    [InlineData("""{"clientIds": "elders"}""")]
    public async Task An_entry_that_is_no_application_does_not_block_the_good_one_beside_it(string odd)
    {
        var good = AutorisatiesApi.Applicatie(scopes: "klanten.lezen").ToJsonString();
        await using var program = await StartAsync(AutorisatiesApi.SettingsOf(other.Root));
        using var client = program.ClientOf(Applications.Elders);
        foreach (var results in new[] { $"[{odd},{good}]", $"[{good},{odd}]" })
        {
            other.Answer = FakeApi.With(200, $$"""{"count":2,"next":null,"previous":null,"results":{{results}}}""");
            using var allowed = await client.SendAsync("GET", "klanten");
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }
        Assert.StartsWith(
            "The Autorisaties API sent 1 entries that are not of its standard; they are skipped",
            Assert.Single(LinesWith("The Autorisaties API")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"component": "kc", "scopes": "klanten.aanmaken"}""")]
    [InlineData("""{"component": "kc", "scopes": [{"klanten.aanmaken": true}, null, 5]}""")]
    public async Task An_odd_autorisatie_grants_nothing_and_takes_nothing_away(string odd)
    {
        var applicatie = AutorisatiesApi.Applicatie(scopes: "klanten.lezen");
        applicatie["autorisaties"]!.AsArray().Insert(0, System.Text.Json.Nodes.JsonNode.Parse(odd));
        other.Answer = FakeApi.With(200, AutorisatiesApi.Page(applicatie));
        await using var program = await StartAsync(AutorisatiesApi.SettingsOf(other.Root));
        using var client = program.ClientOf(Applications.Elders);
        using var read = await client.SendAsync("GET", "klanten");
        using var created = await client.SendAsync("POST", "klanten", Bodies.NumberedKlant());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (read.StatusCode, created.StatusCode));
    }

    [Fact]
    public async Task A_subject_on_a_host_inside_the_network_leaves_a_hint_with_the_host_alone_and_once_a_minute()
    {
        await using var program = await StartAsync();
        for (var i = 0; i < 3; i++)
        {
            using var refused = await program.Client.SendAsync(
                "POST", "klanten", Bodies.NumberedKlant("http://10.1.2.3/personen/999993653?bsn=999993653"));
        }
        var line = Assert.Single(LinesWith("inside the network"));
        Assert.StartsWith(
            "A subject was refused, because host 10.1.2.3 is inside the network; Klanten:Subject:ToegestaneHosts may allow it", line,
            StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(1));
        using var again = await program.Client.SendAsync("POST", "klanten", Bodies.NumberedKlant("http://10.1.2.4/"));
        Assert.Equal(2, LinesWith("inside the network").Length);
        Assert.DoesNotContain(log.Lines, line => line.Contains("999993653", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_that_does_not_exist_leaves_no_line_because_the_consumer_made_it_up()
    {
        await using var program = await StartAsync(
            replace: services => services.AddSingleton(new LookUpHost(_ => throw new SocketException((int)SocketError.HostNotFound))));
        using var refused = await program.Client.SendAsync("POST", "klanten", Bodies.NumberedKlant("http://jan-jansen.example/"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.DoesNotContain(log.Lines, line => line.Contains("jansen", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_slow_subject_on_an_allowed_host_is_one_warning_that_names_the_host()
    {
        other.Answer = http => Task.Delay(Timeout.Infinite, http.RequestAborted);
        await using var program = await StartAsync(new()
        {
            ["Klanten:Subject:ToegestaneHosts:0"] = FakeApi.Host,
            ["Klanten:Subject:Timeout"] = "00:00:00.3",
        });
        for (var i = 0; i < 3; i++)
        {
            using var refused = await program.Client.SendAsync("POST", "klanten", Bodies.NumberedKlant($"{other.Root}/traag"));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        Assert.StartsWith(
            "The subject host 127.0.0.1 did not answer in time: ", Assert.Single(LinesWith("subject host")), StringComparison.Ordinal);
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task A_subject_that_does_not_exist_says_nothing_about_its_host()
    {
        other.Answer = FakeApi.With(404);
        await using var program = await StartAsync(new() { ["Klanten:Subject:ToegestaneHosts:0"] = FakeApi.Host });
        using var refused = await program.Client.SendAsync("POST", "klanten", Bodies.NumberedKlant(other.Root));
        Assert.Empty(LinesWith("subject host"));
    }

    [Fact]
    public async Task A_host_without_a_dot_works_when_it_is_allowed()
    {
        await using var program = await StartAsync(
            new() { ["Klanten:Subject:ToegestaneHosts:0"] = "register" },
            services => services.AddSingleton(new LookUpHost(
                host => host == "register" ? [IPAddress.Loopback] : throw new SocketException((int)SocketError.HostNotFound))));
        using var created = await program.Client.SendAsync("POST", "klanten", Bodies.NumberedKlant($"http://register:{other.Port}/p/1"));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        foreach (var refused in new[] { $"http://ander:{other.Port}/", $"http://register:{other.Port}/a b", "ftp://register/" })
        {
            using var answer = await program.Client.SendAsync("POST", "klanten", Bodies.NumberedKlant(refused));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        Assert.Single(other.Received);
    }

    [Fact]
    public async Task An_API_that_fails_now_and_then_does_not_fill_the_log()
    {
        await using var program = await StartAsync();
        var state = program.Services.GetRequiredService<ExternalApiStates>().Get("notificaties", "The flapping API");
        for (var i = 0; i < 100; i++)
        {
            state.Report(CallResult.Refused(HttpStatusCode.ServiceUnavailable, "Klanten:Notificaties"));
            state.Report(CallResult.Success(HttpStatusCode.Created));
        }
        Assert.Equal(2, LinesWith("The flapping API").Length);
        clock.Advance(TimeSpan.FromMinutes(1));
        state.Report(CallResult.Refused(HttpStatusCode.ServiceUnavailable, "Klanten:Notificaties"));
        Assert.Equal(3, LinesWith("The flapping API").Length);
    }

    [Theory]
    [InlineData("notificaties")]
    [InlineData("autorisaties")]
    [InlineData("subjecten")]
    public async Task Ready_is_degraded_and_names_the_API_that_has_failed_for_minutes(string tag)
    {
        await using var program = await StartAsync(new(
            NotificatiesApi.SettingsOf(other.Root).Concat(AutorisatiesApi.SettingsOf(other.Root))
                .Append(new("Klanten:Subject:ToegestaneHosts:0", FakeApi.Host))));
        var state = program.Services.GetRequiredService<ExternalApiStates>().Get(tag, "It");
        state.Report(CallResult.Refused(HttpStatusCode.ServiceUnavailable, "Klanten"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await ReadyAsync(program, "status"));
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal((HttpStatusCode.OK, "Degraded"), await ReadyAsync(program, "status"));
        Assert.Equal((HttpStatusCode.OK, "Degraded"), await ReadyAsync(program, $"{tag}.status"));
        Assert.Equal((HttpStatusCode.OK, "240"), await ReadyAsync(program, $"{tag}.foutSindsSeconden"));
        state.Report(CallResult.Success(HttpStatusCode.Created));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await ReadyAsync(program, $"{tag}.status"));
    }

    private static async Task<(HttpStatusCode, string?)> ReadyAsync(KlantenHost program, string path)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync($"{program.Root}/healthz/ready", TestContext.Current.CancellationToken);
        return (response.StatusCode, (await response.JsonAsync()).At(path)!.ToString());
    }

    private string[] LinesWith(string text) => [.. log.Lines.Where(line => line.Contains(text, StringComparison.Ordinal))];

    private Task<KlantenHost> StartAsync(Dictionary<string, string?>? settings = null, Action<IServiceCollection>? replace = null) =>
        KlantenHost.StartAsync(settings, services =>
        {
            services.AddSingleton<TimeProvider>(clock).AddSingleton<ILoggerProvider>(log);
            replace?.Invoke(services);
        });
}
