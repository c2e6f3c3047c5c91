using System.Net;
using System.Text.Json.Nodes;
using Klanten.Core.Model;
using Klanten.Functions.Notificaties;
using Klanten.Functions.Telemetry;
using Klanten.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Klanten.Tests.Notificaties;

/// <summary>The Notificaties API as the program speaks to it.</summary>
public sealed class NotificatiesClientTests : IAsyncLifetime
{
    private static readonly KlantId Klant = KlantId.New("999990639");

    private static readonly Notificatie Notificatie = new(Klant, $"https://klanten.example/api/v1/klanten/{Klant}", Actie.PartialUpdate,
        new DateTimeOffset(2026, 11, 23, 15, 10, 35, TimeSpan.Zero).AddMicroseconds(777188), SubjectType.NatuurlijkPersoon);

    private FakeApi fakeApi = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => fakeApi = await FakeApi.StartAsync(FakeApi.With(201, "{}"));

    public ValueTask DisposeAsync() => fakeApi.DisposeAsync();

    [Fact]
    public async Task A_notification_is_posted_below_the_base_url()
    {
        await PublishAsync();
        Assert.Equal(("POST", "/api/v1/notificaties"), (Only.Method, Only.PathAndQuery));
    }

    [Fact]
    public async Task The_body_is_that_of_the_standard_in_its_order()
    {
        await PublishAsync();
        var url = $"https://klanten.example/api/v1/klanten/{Klant}";
        Assert.Equal(
            $$$"""{"kanaal":"klanten","hoofdObject":"{{{url}}}","resource":"klant","resourceUrl":"{{{url}}}","actie":"partial_update",""" +
            "\"aanmaakdatum\":\"2026-11-23T15:10:35.777188Z\",\"kenmerken\":{\"subjectType\":\"natuurlijk_persoon\"}}",
            Only.Text);
    }

    [Theory]
    [InlineData(Actie.Create, "create")]
    [InlineData(Actie.Update, "update")]
    [InlineData(Actie.PartialUpdate, "partial_update")]
    [InlineData(Actie.Destroy, "destroy")]
    public async Task The_actie_has_the_name_of_the_standard(Actie actie, string name)
    {
        await PublishAsync(Notificatie with { Actie = actie });
        Assert.Equal(name, (string?)Only.Json["actie"]);
    }

    [Fact]
    public async Task Without_a_subjectType_the_kenmerk_is_null()
    {
        await PublishAsync(Notificatie with { SubjectType = null });
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"subjectType": null}"""), Only.Json["kenmerken"]));
    }

    [Theory]
    [InlineData("Content-Type")]
    [InlineData("Accept")]
    public async Task Json_is_sent_and_asked_for(string header)
    {
        await PublishAsync();
        Assert.Equal("application/json", Only[header]);
    }

    [Fact]
    public async Task The_request_carries_a_token_of_our_own()
    {
        await PublishAsync();
        var token = Token(Only);
        Assert.Equal(("klanten-api", "klanten-api", "HS256"), (token.Issuer, token.GetClaim("client_id").Value, token.Alg));
    }

    [Fact]
    public async Task The_token_is_signed_with_the_secret_of_the_configuration()
    {
        await PublishAsync();
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(Token(Only), new()
        {
            IssuerSigningKey = new Microsoft.IdentityModel.Tokens.SymmetricSecurityKey(
                System.Text.Encoding.UTF8.GetBytes(NotificatiesApi.Secret)),
            ValidateIssuer = false,
            ValidateAudience = false,
        });
        Assert.True(result.IsValid);
    }

    [Fact]
    public async Task The_token_expires_within_minutes()
    {
        await PublishAsync();
        var token = Token(Only);
        Assert.InRange(token.ValidTo - token.IssuedAt, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    public async Task A_success_means_that_it_was_delivered(int status)
    {
        fakeApi.Answer = FakeApi.With(status);
        Assert.True(await PublishAsync());
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Anything_else_means_that_it_was_not(int status)
    {
        fakeApi.Answer = FakeApi.With(status, """{"code": "x"}""");
        Assert.False(await PublishAsync());
    }

    [Fact]
    public async Task A_redirect_is_not_followed_because_the_token_is_for_the_Notificaties_API_only()
    {
        await using var other = await FakeApi.StartAsync();
        fakeApi.Answer = FakeApi.Redirect($"{other.Root}/notificaties", 307);
        await PublishAsync();
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task A_success_counts_however_long_the_answer_is()
    {
        fakeApi.Answer = FakeApi.With(201, new string('x', 2 * 1024 * 1024));
        Assert.True(await PublishAsync());
    }

    [Fact]
    public async Task No_connection_means_not_delivered()
    {
        await fakeApi.DisposeAsync();
        Assert.False(await PublishAsync());
    }

    [Fact]
    public async Task A_connection_that_breaks_means_not_delivered()
    {
        fakeApi.Answer = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        Assert.False(await PublishAsync());
    }

    [Fact]
    public async Task An_answer_that_is_no_HTTP_means_not_delivered()
    {
        await using var server = new RawServer(
            async (stream, cancel) => await RawServer.WriteAsync(stream, "220 mail.example ESMTP\r\n", cancel));
        Assert.False(await PublishAsync(root: server.Root));
    }

    [Theory]
    [InlineData("[]", HttpStatusCode.Created)]
    [InlineData("""[{"naam": "zaken"}]""", HttpStatusCode.Created)]
    [InlineData("""[{"naam": "zaken"}, {"naam": "klanten"}]""", HttpStatusCode.OK)]
    [InlineData("""{"count": 1, "results": [{"naam": "klanten"}]}""", HttpStatusCode.OK)]
    public async Task The_kanaal_is_registered_unless_it_is_there(string kanalen, HttpStatusCode expected)
    {
        fakeApi.Answer = http => FakeApi.With(http.Request.Method == "GET" ? 200 : 201, kanalen)(http);
        Assert.Equal(expected, await RegisterAsync());
    }

    [Fact]
    public async Task The_kanaal_is_registered_with_its_documentation_and_its_kenmerk()
    {
        fakeApi.Answer = http => FakeApi.With(http.Request.Method == "GET" ? 200 : 201, "[]")(http);
        await RegisterAsync();
        const string Expected = """{"naam": "klanten", "documentatieLink": "https://klanten.example/doc", "filters": ["subjectType"]}""";
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Expected), fakeApi.Received[^1].Json));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("[1, null, {}]")]
    public async Task A_list_of_kanalen_that_cannot_be_read_counts_as_empty(string kanalen)
    {
        fakeApi.Answer = http => FakeApi.With(http.Request.Method == "GET" ? 200 : 201, kanalen)(http);
        Assert.Equal(HttpStatusCode.Created, await RegisterAsync());
    }

    [Fact]
    public async Task A_refusal_to_register_is_reported()
    {
        fakeApi.Answer = http => FakeApi.With(http.Request.Method == "GET" ? 200 : 403, "[]")(http);
        Assert.Equal(HttpStatusCode.Forbidden, await RegisterAsync());
    }

    private Received Only => Assert.Single(fakeApi.Received);

    private static JsonWebToken Token(Received received) => new(received["Authorization"]!["Bearer ".Length..]);

    /// <summary>The client as the program makes it, without the program.</summary>
    private static ServiceProvider Services(string root)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(NotificatiesApi.SettingsOf(root));
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<KlantenMetrics>();
        builder.AddNotificaties();
        return builder.Services.BuildServiceProvider();
    }

    private async Task<bool> PublishAsync(Notificatie? notificatie = null, string? root = null)
    {
        await using var services = Services(root ?? fakeApi.Root);
        return await services.GetRequiredService<NotificatiesClient>().PublishAsync(notificatie ?? Notificatie, Cancel);
    }

    private async Task<HttpStatusCode?> RegisterAsync()
    {
        await using var services = Services(fakeApi.Root);
        return await services.GetRequiredService<NotificatiesClient>().RegisterKanaalAsync("https://klanten.example/doc", Cancel);
    }
}
