using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>Applications of the Autorisaties API: its answer decides, and without an answer there is no access.</summary>
public abstract class Autorisaties(KlantenApi api) : Chapter(api), IAsyncLifetime
{
    private readonly FakeApi server = new(FakeApi.With(200, AutorisatiesApi.Page()));
    private KlantenApi asking = null!;

    /// <summary>Its secret is in the configuration, its scopes are not.</summary>
    private static Application Remote => Applications.Elders;

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        asking = await Api.ElsewhereAsync(AutorisatiesApi.SettingsOf(server.Root));
    }

    public async ValueTask DisposeAsync()
    {
        await asking.DisposeAsync();
        await server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_application_may_do_what_its_scopes_there_allow_and_no_more()
    {
        server.Answer = FakeApi.With(200, AutorisatiesApi.Page(AutorisatiesApi.ApplicatieOf(Remote.ClientId, "kc", "klanten.lezen")));
        (await asking.As(Remote).Get("/klanten")).ShouldBe(200);
        (await asking.As(Remote).Post(NatuurlijkPersoon)).ShouldBeProblem(403, "permission_denied");
    }

    [Fact]
    public async Task An_application_with_all_authorisations_may_do_everything()
    {
        server.Answer = FakeApi.With(
            200, AutorisatiesApi.Page(AutorisatiesApi.ApplicatieOf(Remote.ClientId, "zrc").With("heeftAlleAutorisaties", true)));
        var klant = await asking.As(Remote).Created(NatuurlijkPersoon);
        (await asking.As(Remote).Delete(klant.Text("url"))).ShouldBe(204);
    }

    [Fact]
    public async Task Audit_trails_name_the_application_as_it_does()
    {
        server.Answer = FakeApi.With(
            200, AutorisatiesApi.Page(AutorisatiesApi.ApplicatieOf(Remote.ClientId, "kc", "klanten.aanmaken", "audittrails.lezen")));
        var klant = await asking.As(Remote).Created(NatuurlijkPersoon);
        var regel = (await asking.As(Remote).Get($"{klant.Text("url")}/audittrail")).ShouldBe(200).Json![0]!;
        Assert.Equal((AutorisatiesApi.Uuid, AutorisatiesApi.Label), (regel.Text("applicatieId"), regel.Text("applicatieWeergave")));
    }

    [Fact]
    public async Task It_is_asked_for_the_client_with_a_token_of_our_own()
    {
        (await asking.As(Remote).Get("/klanten")).ShouldBe(403);
        var question = server.Received[0];
        Assert.Equal($"/api/v1/applicaties?clientIds={Remote.ClientId}", question.PathAndQuery);
        var claims = Token.ClaimsOf(question["Authorization"]!["Bearer ".Length..], AutorisatiesApi.Secret);
        Assert.Equal(AutorisatiesApi.ClientId, claims.Text("client_id"));
    }

    [Fact]
    public async Task It_is_not_asked_for_applications_of_the_configuration_nor_for_forged_tokens()
    {
        (await asking.As(Applications.Alles).Get("/klanten")).ShouldBe(200);
        (await asking.As(Token.Of(Remote).SignedWith(Applications.Alles.Secret)).Get("/klanten"))
            .ShouldBeProblem(403, "invalid-jwt-signature");
        Assert.Empty(server.Received);
    }

    public static TheoryData<int, string> NoAccess => new()
    {
        { 200, "{\"count\":0,\"next\":null,\"previous\":null,\"results\":[]}" },
        { 200, AutorisatiesApi.Page(AutorisatiesApi.ApplicatieOf("iemand-anders", "kc", "klanten.lezen")) },
        { 200, AutorisatiesApi.Page(AutorisatiesApi.ApplicatieOf(Remote.ClientId, "zrc", "klanten.lezen")) },
        { 200, AutorisatiesApi.Page(AutorisatiesApi.ApplicatieOf(Remote.ClientId, "kc", "klanten.aanmaken")) },
        { 200, "geen JSON" },
        { 200, "{}" },
        { 200, "[1,null,\"x\"]" },
        { 200, "" },
        { 302, "" },
        { 403, AutorisatiesApi.Page(AutorisatiesApi.ApplicatieOf(Remote.ClientId, "kc", "klanten.lezen")) },
        { 500, AutorisatiesApi.Page(AutorisatiesApi.ApplicatieOf(Remote.ClientId, "kc", "klanten.lezen")) },
    };

    [Theory]
    [MemberData(nameof(NoAccess))]
    public async Task Without_a_valid_answer_there_is_no_access(int status, string body)
    {
        server.Answer = FakeApi.With(status, body);
        var answer = await asking.As(Remote).Get("/klanten");
        answer.ShouldBeProblem(answer.Status == 503 ? 503 : 403, answer.Body.Text("code"));
    }

    [Fact]
    public async Task When_it_cannot_be_reached_there_is_no_access_but_for_applications_of_the_configuration()
    {
        await using var alone = await Api.ElsewhereAsync(AutorisatiesApi.SettingsOf(Subjects.Unreachable));
        var answer = await alone.As(Remote).Get("/klanten");
        answer.ShouldBeProblem(answer.Status == 503 ? 503 : 403, answer.Body.Text("code"));
        (await alone.As(Applications.Lezen).Get("/klanten")).ShouldBe(200);
    }

    [Fact]
    public async Task Its_last_answer_counts_while_it_fails()
    {
        server.Answer = FakeApi.With(200, AutorisatiesApi.Page(AutorisatiesApi.ApplicatieOf(Remote.ClientId, "kc", "klanten.lezen")));
        (await asking.As(Remote).Get("/klanten")).ShouldBe(200);
        server.Answer = FakeApi.With(500, "");
        (await asking.As(Remote).Get("/klanten")).ShouldBe(200);
    }
}
