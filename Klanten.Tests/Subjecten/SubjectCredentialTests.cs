using System.Net;
using Klanten.Functions.Subjecten;
using Klanten.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Klanten.Tests.Subjecten;

/// <summary>Registers that require a token: each receives its own and no other.</summary>
public sealed class SubjectCredentialTests : IAsyncLifetime
{
    private FakeApi register = null!;

    public async ValueTask InitializeAsync() => register = await FakeApi.StartAsync(address: "[::]");

    public ValueTask DisposeAsync() => register.DisposeAsync();

    [Theory]
    [InlineData("localhost", "klanten-bij-brp")]
    [InlineData("LOCALHOST", "klanten-bij-brp")]
    [InlineData("[::1]", "klanten-bij-kvk")]
    [InlineData("127.0.0.1", null)]
    public async Task A_host_sees_the_token_that_is_meant_for_it(string host, string? clientId)
    {
        await ExistsAsync($"http://{host}:{register.Port}/");
        Assert.Equal(clientId, ClientOf(Assert.Single(register.Received)));
    }

    [Fact]
    public async Task A_token_does_not_go_along_to_another_host()
    {
        register.Answer = http => http.Request.Path == "/there"
            ? FakeApi.With(200)(http)
            : FakeApi.Redirect($"http://127.0.0.1:{register.Port}/there")(http);
        Assert.True(await ExistsAsync($"http://localhost:{register.Port}/"));
        Assert.Equal(["klanten-bij-brp", null], register.Received.Select(ClientOf));
    }

    [Fact]
    public async Task A_host_that_is_reached_by_a_redirect_sees_its_token()
    {
        register.Answer = http => http.Request.Path == "/there"
            ? FakeApi.With(200)(http)
            : FakeApi.Redirect($"http://localhost:{register.Port}/there")(http);
        Assert.True(await ExistsAsync($"http://127.0.0.1:{register.Port}/"));
        Assert.Equal([null, "klanten-bij-brp"], register.Received.Select(ClientOf));
    }

    [Fact]
    public async Task On_the_internet_a_token_goes_over_https_alone() => Assert.Equal(
        [false, true], await AuthorizedAsync("register.example", [], "http://register.example/", "https://register.example/"));

    [Fact]
    public async Task A_token_goes_to_the_port_that_it_is_meant_for() => Assert.Equal(
        [true, false, false, false],
        await AuthorizedAsync(
            "register.example:8443", [], "https://register.example:8443/", "https://register.example/", "https://register.example:8444/",
            "https://other.example:8443/"));

    [Fact]
    public async Task Without_a_port_it_goes_to_the_default_port_of_the_scheme() => Assert.Equal(
        [true, true, false, false],
        await AuthorizedAsync(
            "register", ["register"], "https://register/", "http://REGISTER/", "http://register:8080/", "https://register:8443/"));

    [Fact]
    public async Task A_port_that_a_consumer_chose_sees_no_token()
    {
        await using var other = await FakeApi.StartAsync();
        await ExistsAsync($"http://localhost:{other.Port}/");
        register.Answer = FakeApi.Redirect($"http://localhost:{other.Port}/");
        await ExistsAsync($"http://localhost:{register.Port}/");
        Assert.Equal([null, null], other.Received.Select(ClientOf));
    }

    [Theory]
    [InlineData("brp.example", true)]
    [InlineData("brp.example:8443", true)]
    [InlineData("brp", true)]
    [InlineData("10.0.0.1:8080", true)]
    [InlineData("[::1]:8443", true)]
    [InlineData("::1", true)]
    [InlineData("", false)]
    [InlineData(":8443", false)]
    [InlineData("brp.example:", false)]
    [InlineData("brp.example:0", false)]
    [InlineData("brp.example:65536", false)]
    [InlineData("brp.example:x", false)]
    [InlineData("https://brp.example", false)]
    [InlineData("brp.example/pad", false)]
    [InlineData("brp example", false)]
    [InlineData("300.1.1.1", false)]
    public void A_host_may_have_a_port(string text, bool isHost) => Assert.Equal(isHost, SubjectHost.Parse(text) is not null);

    private Task<bool> ExistsAsync(string subject) => SubjectSettings.ExistsAsync(subject, null,
        ("ToegestaneHosts:0", "localhost"), ("ToegestaneHosts:1", "127.0.0.1"), ("ToegestaneHosts:2", "::1"),
        ("Credentials:0:Host", $"LocalHost:{register.Port}"), ("Credentials:0:ClientId", "klanten-bij-brp"),
        ("Credentials:0:Secret", "geheim-bij-de-brp-van-minstens-32-tekens"),
        ("Credentials:1:Host", $"[::1]:{register.Port}"), ("Credentials:1:ClientId", "klanten-bij-kvk"),
        ("Credentials:1:Secret", "geheim-bij-de-kvk-van-minstens-32-tekens"));

    private static async Task<List<bool>> AuthorizedAsync(string host, string[] allowed, params string[] urls)
    {
        var options = new SubjectOptions { Credentials = { new() { Host = host, ClientId = "x", Secret = new string('x', 32) } } };
        foreach (var name in allowed) options.ToegestaneHosts.Add(name);
        using var spy = new Spy();
        using var client = new HttpClient(new CredentialHandler(options, TimeProvider.System) { InnerHandler = spy });
        foreach (var url in urls) await client.GetAsync(url, TestContext.Current.CancellationToken);
        return spy.Authorized;
    }

    private static string? ClientOf(Received request) =>
        request["Authorization"] is { } header ? new JsonWebToken(header["Bearer ".Length..]).GetClaim("client_id").Value : null;

    private sealed class Spy : HttpMessageHandler
    {
        public List<bool> Authorized { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorized.Add(request.Headers.Authorization is not null);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
