using System.Net;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Klanten.Tests.Autorisaties;

/// <summary>A consumer whose secret is in the configuration and whose scopes are in the Autorisaties API.</summary>
public sealed class LookupTests : IAsyncLifetime
{
    private static readonly string Reader = AutorisatiesApi.Page(AutorisatiesApi.Applicatie(scopes: "klanten.lezen"));

    private readonly WallClock clock = new();
    private FakeApi fakeApi = null!;
    private KlantenHost program = null!;
    private HttpClient consumer = null!;

    private int Lookups => fakeApi.Received.Count;

    public async ValueTask InitializeAsync()
    {
        fakeApi = await FakeApi.StartAsync(FakeApi.With(200, Reader));
        program = await KlantenHost.StartAsync(
            AutorisatiesApi.SettingsOf(fakeApi.Root), services => services.AddSingleton<TimeProvider>(clock));
        consumer = program.ClientOf(Applications.Elders);
    }

    public async ValueTask DisposeAsync()
    {
        consumer.Dispose();
        await program.DisposeAsync();
        await fakeApi.DisposeAsync();
    }

    [Fact]
    public async Task It_may_do_what_the_Autorisaties_API_allows() => Assert.Equal(HttpStatusCode.OK, await ListAsync());

    [Fact]
    public async Task It_may_not_do_more_than_the_Autorisaties_API_allows() =>
        Assert.Equal((403, "permission_denied"), await RefusalAsync(await consumer.SendAsync("POST", "klanten", Bodies.NumberedKlant())));

    [Fact]
    public async Task The_Autorisaties_API_is_asked_for_the_client()
    {
        await ListAsync();
        Assert.Equal("/api/v1/applicaties?clientIds=elders", Assert.Single(fakeApi.Received).PathAndQuery);
    }

    [Fact]
    public async Task The_lookup_carries_a_token_of_our_own()
    {
        await ListAsync();
        var token = new JsonWebToken(Assert.Single(fakeApi.Received)["Authorization"]!["Bearer ".Length..]);
        Assert.Equal(("klanten-api", "klanten-api"), (token.Issuer, token.GetClaim("client_id").Value));
    }

    [Fact]
    public async Task An_application_with_all_autorisaties_may_do_everything()
    {
        var applicatie = AutorisatiesApi.Applicatie();
        applicatie["heeftAlleAutorisaties"] = true;
        fakeApi.Answer = FakeApi.With(200, AutorisatiesApi.Page(applicatie));
        using var response = await consumer.SendAsync("POST", "klanten", Bodies.NumberedKlant());
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task The_audit_trail_names_the_application_of_the_Autorisaties_API()
    {
        fakeApi.Answer = FakeApi.With(
            200, AutorisatiesApi.Page(AutorisatiesApi.Applicatie(scopes: ["klanten.aanmaken", "audittrails.lezen"])));
        var trail = await (await consumer.SendAsync("GET", $"{await consumer.CreateAsync()}/audittrail")).JsonAsync();
        Assert.Equal((AutorisatiesApi.Uuid, "Via AC"), ((string?)trail[0]!["applicatieId"], (string?)trail[0]!["applicatieWeergave"]));
    }

    [Fact]
    public async Task The_application_is_found_among_others()
    {
        fakeApi.Answer = FakeApi.With(
            200, AutorisatiesApi.Page(AutorisatiesApi.ApplicatieOf("niemand"), AutorisatiesApi.Applicatie(scopes: "klanten.lezen")));
        Assert.Equal(HttpStatusCode.OK, await ListAsync());
    }

    [Fact]
    public async Task A_list_that_is_not_paged_is_read_as_well()
    {
        fakeApi.Answer = FakeApi.With(200, $"[{AutorisatiesApi.Applicatie(scopes: "klanten.lezen").ToJsonString()}]");
        Assert.Equal(HttpStatusCode.OK, await ListAsync());
    }

    [Fact]
    public async Task Scopes_of_this_configuration_take_precedence_over_the_Autorisaties_API()
    {
        await program.Client.SendAsync("GET", "klanten");
        Assert.Equal(0, Lookups);
    }

    [Fact]
    public async Task An_invalid_token_is_refused_without_a_lookup()
    {
        consumer.DefaultRequestHeaders.Authorization = new(
            "Bearer", Token.Of(Applications.Elders).SignedWith(new string('x', 32)).ToString());
        Assert.Equal((403, "invalid-jwt-signature"), await RefusalAsync(await consumer.SendAsync("GET", "klanten")));
        Assert.Equal(0, Lookups);
    }

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public async Task An_invalid_answer_gives_no_access(string _, int status, string body)
    {
        fakeApi.Answer = FakeApi.With(status, body);
        Assert.Equal((403, "permission_denied"), await RefusalAsync(await consumer.SendAsync("GET", "klanten")));
    }

    public static TheoryData<string, int, string> WrongAnswers
    {
        get
        {
            var rows = new TheoryData<string, int, string>();
            foreach (var status in new[] { 201, 204, 302, 400, 401, 403, 404, 429, 500, 503 })
            {
                rows.Add($"status {status}", status, status == 204 ? "" : Reader);
            }
            foreach (var body in new[]
            {
                "", "<html>", "{", "null", "true", "1", "\"elders\"", "{}", "[]", "[null]", "[1]", "[[]]", "[{}]", """{"results": null}""",
                """{"results": {}}""", """{"results": [null]}""",
                """{"results": [{}]}""", """[{"clientIds": null}]""", """[{"clientIds": "elders"}]""", """[{"clientIds": [1, null]}]""",
                """[{"clientIds": {"elders": true}}]""",
                """[{"clientIds": ["elders"]}]""", """[{"clientIds": ["elders"], "heeftAlleAutorisaties": "true"}]""",
                """[{"clientIds": ["elders"], "heeftAlleAutorisaties": 1}]""",
                """[{"clientIds": ["elders"], "autorisaties": null}]""", """[{"clientIds": ["elders"], "autorisaties": {}}]""",
                """[{"clientIds": ["elders"], "autorisaties": [null]}]""",
                """[{"clientIds": ["elders"], "autorisaties": [{}]}]""",
                """[{"clientIds": ["elders"], "autorisaties": [{"scopes": ["klanten.lezen"]}]}]""",
                """[{"clientIds": ["elders"], "autorisaties": [{"component": "kc"}]}]""",
                """[{"clientIds": ["elders"], "autorisaties": [{"component": "kc", "scopes": null}]}]""",
                """[{"clientIds": ["elders"], "autorisaties": [{"component": "kc", "scopes": "klanten.lezen"}]}]""",
                """[{"clientIds": ["elders"], "autorisaties": [{"component": "kc", "scopes": [1, {}]}]}]""",
                """[{"clientIds": ["elders"], "autorisaties": [{"component": ["kc"], "scopes": ["klanten.lezen"]}]}]""",
                """[{"clientIds": ["elders"], "autorisaties": [{"component": "KC", "scopes": ["klanten.lezen"]}]}]""",
                """[{"clientIds": ["elders"], "autorisaties": [{"component": "kc", "scopes": """ +
                    """["KLANTEN.LEZEN", "klanten.lezen ", "klanten.*"]}]}]""",
                """[{"clientIds": ["ELDERS"], "heeftAlleAutorisaties": true}]""",
                """[{"clientIds": ["elders "], "heeftAlleAutorisaties": true}]""",
                """[{"clientIds": ["elders\ud800"], "heeftAlleAutorisaties": true}]""",
                """[{"clientIds": [], "heeftAlleAutorisaties": true}]""", """[{"heeftAlleAutorisaties": true}]""",
            }) rows.Add($"body {body}", 200, body);
            rows.Add("another client", 200, AutorisatiesApi.Page(AutorisatiesApi.ApplicatieOf("niemand", "kc", "klanten.lezen")));
            rows.Add("another component", 200, AutorisatiesApi.Page(AutorisatiesApi.Applicatie(component: "zrc", scopes: "klanten.lezen")));
            rows.Add("too deep", 200, new string('[', 100_000));
            rows.Add("too long", 200, Reader + new string(' ', 2 * 1024 * 1024));
            return rows;
        }
    }

    [Fact]
    public async Task A_broken_connection_gives_no_access()
    {
        fakeApi.Answer = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        Assert.Equal((403, "permission_denied"), await RefusalAsync(await consumer.SendAsync("GET", "klanten")));
    }

    [Fact]
    public async Task An_Autorisaties_API_that_is_down_is_not_reported_as_a_lack_of_rights()
    {
        await fakeApi.DisposeAsync();
        using var response = await consumer.SendAsync("GET", "klanten");
        Assert.Contains("Autorisaties API", (string?)(await response.JsonAsync())["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_the_Autorisaties_API_does_not_have_is_reported_as_a_lack_of_rights()
    {
        fakeApi.Answer = FakeApi.With(200, AutorisatiesApi.Page());
        using var response = await consumer.SendAsync("GET", "klanten");
        Assert.DoesNotContain("Autorisaties API", (string?)(await response.JsonAsync())["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_failure_no_lookup_is_made_for_a_while()
    {
        fakeApi.Answer = FakeApi.With(500);
        for (var i = 0; i < 10; i++) await ListAsync();
        Assert.Equal(1, Lookups);
    }

    [Fact]
    public async Task After_that_while_the_lookup_is_made_again()
    {
        fakeApi.Answer = FakeApi.With(500);
        await ListAsync();
        fakeApi.Answer = FakeApi.With(200, Reader);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.OK, await ListAsync());
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_keep_a_failed_API_from_being_asked_again()
    {
        fakeApi.Answer = FakeApi.With(500);
        await ListAsync();
        fakeApi.Answer = FakeApi.With(200, Reader);
        clock.Set(TimeSpan.FromHours(-1));
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.OK, await ListAsync());
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_keep_revoked_scopes_alive()
    {
        await ListAsync();
        fakeApi.Answer = FakeApi.With(200, AutorisatiesApi.Page());
        clock.Set(TimeSpan.FromHours(-1));
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Forbidden, await ListAsync());
    }

    [Fact]
    public async Task A_clock_that_is_set_forward_does_not_end_the_lifetime_of_an_answer()
    {
        await ListAsync();
        clock.Set(TimeSpan.FromDays(30));
        await ListAsync();
        Assert.Equal(1, Lookups);
    }

    [Fact]
    public async Task An_answer_is_kept()
    {
        for (var i = 0; i < 10; i++) await ListAsync();
        Assert.Equal(1, Lookups);
    }

    [Fact]
    public async Task That_a_client_is_unknown_is_kept_for_a_short_while()
    {
        fakeApi.Answer = FakeApi.With(200, AutorisatiesApi.Page());
        for (var i = 0; i < 10; i++) await ListAsync();
        Assert.Equal(1, Lookups);
    }

    [Fact]
    public async Task An_application_that_was_just_registered_does_not_wait_for_the_whole_lifetime()
    {
        fakeApi.Answer = FakeApi.With(200, AutorisatiesApi.Page());
        await ListAsync();
        fakeApi.Answer = FakeApi.With(200, Reader);
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, await ListAsync());
    }

    [Fact]
    public async Task From_halfway_its_lifetime_an_answer_is_refreshed_without_waiting_for_it()
    {
        await ListAsync();
        using var answering = new SemaphoreSlim(0);
        fakeApi.Answer = async http =>
        {
            await answering.WaitAsync(http.RequestAborted);
            await FakeApi.With(200, AutorisatiesApi.Page())(http);
        };
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.OK, await ListAsync());
        await Eventually.TrueAsync(() => Lookups == 2, "the other API is asked anew");
        Assert.Equal(HttpStatusCode.OK, await ListAsync());
        answering.Release();
        await Eventually.TrueAsync(async () => await ListAsync() == HttpStatusCode.Forbidden, "the new answer counts");
    }

    [Fact]
    public async Task Before_halfway_nothing_is_asked()
    {
        await ListAsync();
        clock.Advance(TimeSpan.FromMinutes(5));
        await ListAsync();
        Assert.Equal(1, Lookups);
    }

    [Fact]
    public async Task While_the_Autorisaties_API_is_down_the_last_answer_counts_within_its_lifetime()
    {
        await ListAsync();
        fakeApi.Answer = FakeApi.With(500);
        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(HttpStatusCode.OK, await ListAsync());
        await Eventually.TrueAsync(() => Lookups == 2, "the other API is asked anew");
        Assert.Equal(HttpStatusCode.OK, await ListAsync());
    }

    [Fact]
    public async Task While_the_Autorisaties_API_is_down_the_last_answer_does_not_count_beyond_its_lifetime()
    {
        await ListAsync();
        fakeApi.Answer = FakeApi.With(500);
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Forbidden, await ListAsync());
    }

    [Fact]
    public async Task A_hundred_requests_at_once_share_one_lookup()
    {
        using var answering = new SemaphoreSlim(0);
        fakeApi.Answer = async http =>
        {
            await answering.WaitAsync(http.RequestAborted);
            await FakeApi.With(200, Reader)(http);
        };
        var requests = Enumerable.Range(0, 100).Select(_ => ListAsync()).ToArray();
        await Eventually.TrueAsync(() => Lookups > 0, "the other API is asked");
        answering.Release(100);
        Assert.All(await Task.WhenAll(requests), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(1, Lookups);
    }

    [Fact]
    public async Task Cancelling_one_request_does_not_cancel_the_lookup_for_others()
    {
        using var answering = new SemaphoreSlim(0);
        fakeApi.Answer = async http =>
        {
            await answering.WaitAsync(http.RequestAborted);
            await FakeApi.With(200, Reader)(http);
        };
        using var leave = new CancellationTokenSource();
        var leaver = consumer.GetAsync("klanten", leave.Token);
        await Eventually.TrueAsync(() => Lookups == 1, "the other API is asked");
        var stayer = ListAsync();
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        answering.Release(100);
        Assert.Equal(HttpStatusCode.OK, await stayer);
        Assert.Equal(1, Lookups);
    }

    [Fact]
    public async Task Without_an_Autorisaties_API_a_credential_alone_gives_no_access()
    {
        await using var alone = await KlantenHost.StartAsync();
        using var stranger = alone.ClientOf(Applications.Elders);
        Assert.Equal((403, "permission_denied"), await RefusalAsync(await stranger.SendAsync("GET", "klanten")));
    }

    private async Task<HttpStatusCode> ListAsync()
    {
        using var response = await consumer.SendAsync("GET", "klanten");
        return response.StatusCode;
    }

    private static async Task<(int, string?)> RefusalAsync(HttpResponseMessage response) =>
        ((int)response.StatusCode, (string?)(await response.JsonAsync())["code"]);
}
