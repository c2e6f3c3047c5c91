using System.Net;
using Klanten.Functions.Subjecten;
using Klanten.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Klanten.Tests.Subjecten;

/// <summary>Registers that require a token: each receives its own and no other.</summary>
public sealed class SubjectCredentialTests : IAsyncLifetime
{
    private static readonly (string, string)[] Credential =
    [
        ("ToegestaneHosts:0", "localhost"), ("ToegestaneHosts:1", "127.0.0.1"), ("ToegestaneHosts:2", "::1"),
        ("Credentials:0:Host", "LocalHost"), ("Credentials:0:ClientId", "klanten-bij-brp"),
        ("Credentials:0:Secret", "geheim-bij-de-brp-van-minstens-32-tekens"),
        ("Credentials:1:Host", "::1"), ("Credentials:1:ClientId", "klanten-bij-kvk"),
        ("Credentials:1:Secret", "geheim-bij-de-kvk-van-minstens-32-tekens"),
    ];

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
    public async Task On_the_internet_a_token_goes_over_https_alone()
    {
        var options = new SubjectOptions
        {
            Credentials = { new() { Host = "register.example", ClientId = "x", Secret = new string('x', 32) } },
        };
        using var spy = new Spy();
        using var client = new HttpClient(new CredentialHandler(options, TimeProvider.System) { InnerHandler = spy });
        await client.GetAsync("http://register.example/", TestContext.Current.CancellationToken);
        await client.GetAsync("https://register.example/", TestContext.Current.CancellationToken);
        Assert.Equal([false, true], spy.Authorized);
    }

    private static Task<bool> ExistsAsync(string subject) => SubjectSettings.ExistsAsync(subject, null, Credential);

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
