using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>Who may come in: there is never a 401, and every reason has its own code.</summary>
public abstract class Authentication(KlantenApi api) : Chapter(api)
{
    private static Token Valid => Token.Of(Applications.Alles);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic Zm9vOmJhcg==")]
    [InlineData("bearer TOKEN")]
    [InlineData("BEARER TOKEN")]
    [InlineData("Bearer:TOKEN")]
    [InlineData("Token TOKEN")]
    [InlineData("TOKEN")]
    [InlineData("JWT TOKEN")]
    public async Task Without_a_bearer_token_every_request_is_refused(string? authorization) =>
        await Refused(authorization?.Replace("TOKEN", Valid.ToString(), StringComparison.Ordinal), "permission_denied");

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("Bearer x")]
    [InlineData("Bearer a.b")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer ..")]
    [InlineData("Bearer a.b.c.d.e")]
    [InlineData("Bearer e30.W10.x")]
    [InlineData("Bearer e30.bnVsbA.x")]
    [InlineData("Bearer TOKEN TOKEN")]
    [InlineData("Bearer e30.a.b.c.d")]
    [InlineData("Bearer e30.e30.e30.e30.e30")]
    [InlineData("Bearer eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.a.b.c.d")]
    [InlineData("Bearer ....")]
    [InlineData("Bearer e30..")]
    [InlineData("Bearer .e30.")]
    [InlineData("Bearer TOKEN.a")]
    [InlineData("Bearer TOKEN.a.b")]
    public async Task A_token_that_cannot_be_read_is_refused(string authorization) =>
        await Refused(authorization.Replace("TOKEN", Valid.ToString(), StringComparison.Ordinal), "jwt-decode-error");

    [Fact]
    public async Task A_token_of_any_bytes_is_refused_as_well() =>
        (await RawHttp.SendAsync(Api.Root, "GET", "/api/v1/klanten", null, ("Authorization", "Bearer \xe9.\xff.\x80")))
            .ShouldBeProblem(403, "jwt-decode-error");

    [Fact]
    public async Task A_token_must_name_a_client() => await Refused(Valid.Without("client_id"), "missing-client-identifier");

    [Theory]
    [InlineData("'onbekend'")]
    [InlineData("''")]
    [InlineData("'ALLES'")]
    [InlineData("'alles '")]
    [InlineData("5")]
    [InlineData("true")]
    [InlineData("['alles']")]
    [InlineData("{'alles':'alles'}")]
    public async Task A_client_that_is_not_known_is_refused(string clientId) =>
        await Refused(Valid.With("client_id", Json.Of(clientId)), "invalid-client-identifier");

    [Theory]
    [InlineData("een-heel-ander-geheim-van-minstens-32-tekens")]
    [InlineData("")]
    [InlineData("geheim-van-super-van-minstens-32-tekens")]
    public async Task A_token_must_be_signed_with_the_secret_of_its_client(string secret) =>
        await Refused(Valid.SignedWith(secret), "invalid-jwt-signature");

    [Fact]
    public async Task A_token_cannot_be_changed_after_it_was_signed()
    {
        var mine = Token.Of(Applications.Lezen).ToString().Split('.');
        var theirs = Valid.ToString().Split('.');
        await Refused($"Bearer {theirs[0]}.{theirs[1]}.{mine[2]}", "invalid-jwt-signature");
        await Refused($"Bearer {theirs[0]}.{theirs[1]}.", "invalid-jwt-signature");
        await Refused($"Bearer {theirs[0]}.{theirs[1]}.{theirs[2][..^4]}", "invalid-jwt-signature");
    }

    [Fact]
    public async Task A_second_space_belongs_to_the_token_and_spoils_its_signature() =>
        await Refused($"Bearer  {Valid}", "invalid-jwt-signature");

    [Theory]
    [InlineData("HS384")]
    [InlineData("HS512")]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("RS256")]
    [InlineData("hs256")]
    [InlineData("")]
    public async Task Only_HS256_is_trusted(string algorithm) => await Refused(Valid.Algorithm(algorithm), "jwt-invalid-algorithm");

    [Fact]
    public async Task A_token_without_an_algorithm_is_refused_although_its_client_has_the_secret()
    {
        var unsigned = Valid.Algorithm("none").ToString();
        Assert.EndsWith(".", unsigned, StringComparison.Ordinal);
        await Refused($"Bearer {unsigned}{Valid.ToString().Split('.')[2]}", "jwt-invalid-algorithm");
    }

    [Fact]
    public async Task A_token_that_has_expired_is_refused() => await Refused(Valid.With("exp", TimeSpan.FromMinutes(-10)), "jwt-expired");

    [Fact]
    public async Task A_token_that_is_not_valid_yet_is_refused() =>
        await Refused(Valid.With("nbf", TimeSpan.FromHours(1)), "jwt-not-yet-valid");

    [Fact]
    public async Task A_token_that_was_good_and_expires_is_not_remembered_as_good()
    {
        // The same token twice: whatever the program remembers of it, its times are looked at each time.
        var expired = Valid.With("exp", TimeSpan.FromMinutes(-10));
        await Refused(expired, "jwt-expired");
        await Refused(expired, "jwt-expired");
    }

    [Fact]
    public async Task A_token_with_times_around_now_is_good() =>
        await Good(Valid.With("exp", TimeSpan.FromHours(1)).With("nbf", TimeSpan.FromMinutes(-10)));

    [Theory]
    [InlineData(1)]
    [InlineData(-1000)]
    public async Task When_a_token_was_issued_does_not_matter(int days) => await Good(Valid.With("iat", TimeSpan.FromDays(days)));

    /// <summary>Else it would live for ever. The default limit is wide, because the reference has none (docs/adr/0026).</summary>
    [Theory]
    [InlineData(-4000, "jwt-expired")]
    [InlineData(-20_000, "jwt-expired")]
    [InlineData(4000, "jwt-not-yet-valid")]
    public async Task Without_exp_the_age_of_a_token_is_limited(int days, string code) =>
        await Refused(Valid.With("iat", TimeSpan.FromDays(days)), code);

    [Fact]
    public async Task With_exp_it_does_not_matter_when_a_token_was_issued() =>
        await Good(Valid.With("iat", TimeSpan.FromDays(-20_000)).With("exp", TimeSpan.FromHours(1)));

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1e4000000000")]
    [InlineData("'5'")]
    [InlineData("[5]")]
    [InlineData("{}")]
    [InlineData("true")]
    public async Task A_time_that_is_no_moment_makes_a_token_unreadable(string value)
    {
        foreach (var claim in new[] { "exp", "nbf", "iat" })
        {
            var claims = $$"""{"client_id":"alles","{{claim}}":{{value.Replace('\'', '"')}}}""";
            await Refused($"Bearer {Token.Sign("""{"alg":"HS256"}""", claims, Applications.Alles.Secret)}", "jwt-decode-error");
        }
    }

    [Theory]
    [InlineData("['x']")]
    [InlineData("['exp']")]
    [InlineData("['alg','b64']")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("'x'")]
    public async Task A_token_with_critical_extensions_is_refused_because_none_is_understood(string crit) =>
        await Refused(Valid.WithHeader("crit", Json.Of(crit)).WithHeader("x", 1), "jwt-unsupported-crit");

    [Fact]
    public async Task An_unknown_header_that_is_not_critical_does_not_matter() =>
        await Good(Valid.WithHeader("x", 1).WithHeader("kid", "y"));

    [Fact]
    public async Task A_token_needs_no_time_of_issue() => await Good(Valid.Without("iat"));

    /// <summary>The reference crashes on such a token; here it is no JWT (docs/adr/0004).</summary>
    [Theory]
    [InlineData("iat", "'gisteren'")]
    [InlineData("iss", "5")]
    public async Task A_registered_claim_of_another_type_makes_a_token_unreadable(string claim, string value) =>
        await Refused(Valid.With(claim, Json.Of(value)), "jwt-decode-error");

    [Theory]
    [InlineData("'iemand anders'")]
    [InlineData("''")]
    public async Task Who_issued_a_token_does_not_matter(string iss) => await Good(Valid.With("iss", Json.Of(iss)));

    [Fact]
    public async Task A_token_need_hold_no_more_than_its_client() =>
        await Good(Valid.Without("iss", "iat", "user_id", "user_representation"));

    [Fact]
    public async Task Claims_that_the_standard_does_not_have_do_not_matter() =>
        await Good(Valid.With("aud", "x").With("sub", 5).With("scopes", Json.Of("['x']")).With("nested", Json.Of("{'a':[{}]}")));

    [Fact]
    public async Task An_application_may_have_several_clients() => await Good(Valid.With("client_id", "alles-2"));

    [Fact]
    public async Task A_refusal_does_not_ask_for_credentials() =>
        Assert.Null((await Api.Showing(null).Get("/klanten")).ShouldBe(403)["WWW-Authenticate"]);

    private Task Refused(Token token, string code) => Refused($"Bearer {token}", code);

    private async Task Refused(string? authorization, string code) =>
        (await Api.Showing(authorization).List($"bronorganisatie={Rsin}")).ShouldBeProblem(403, code);

    private async Task Good(Token token) => (await Api.As(token).List($"bronorganisatie={Rsin}")).ShouldList();
}
