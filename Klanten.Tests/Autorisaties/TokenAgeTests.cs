using System.Text.Json.Nodes;
using Klanten.Functions.Autorisaties;
using Klanten.Tests.Support;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Klanten.Tests.Autorisaties;

/// <summary>How long a token counts: until its exp, and without one within <c>Klanten:Tokens:MaximaleLeeftijd</c> of its iat.</summary>
public sealed class TokenAgeTests
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);

    private Token Issued => Token.Of(Applications.Alles).With("iat", clock.GetUtcNow().ToUnixTimeSeconds());

    [Fact]
    public async Task A_token_without_exp_counts_for_as_long_as_the_setting_says_and_a_minute_for_clocks_that_differ()
    {
        var checker = Checker(TimeSpan.FromHours(1));
        var token = Issued;
        Assert.Null(await RefusalAsync(checker, token));
        clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Null(await RefusalAsync(checker, token));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("jwt-expired", await RefusalAsync(checker, token));
    }

    [Fact]
    public async Task A_token_with_exp_counts_until_then()
    {
        var checker = Checker(TimeSpan.FromHours(1));
        var token = Issued.With("exp", clock.GetUtcNow().AddHours(12).ToUnixTimeSeconds());
        clock.Advance(TimeSpan.FromHours(11));
        Assert.Null(await RefusalAsync(checker, token));
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("jwt-expired", await RefusalAsync(checker, token));
    }

    [Fact]
    public async Task An_exp_of_null_is_no_way_around_the_age() =>
        Assert.Equal("jwt-decode-error", await RefusalAsync(Checker(TimeSpan.FromHours(1)), Issued.With("exp", (JsonNode?)null)));

    [Fact]
    public async Task A_consumer_whose_clock_is_fast_is_accepted_but_not_for_ever()
    {
        var checker = Checker(TimeSpan.FromHours(1));
        Assert.Null(await RefusalAsync(checker, Issued.With("iat", clock.GetUtcNow().AddMinutes(30).ToUnixTimeSeconds())));
        Assert.Equal(
            "jwt-not-yet-valid", await RefusalAsync(checker, Issued.With("iat", clock.GetUtcNow().AddYears(50).ToUnixTimeSeconds())));
    }

    [Fact]
    public async Task Once_the_setting_is_set_a_token_needs_a_time()
    {
        Assert.Null(await RefusalAsync(Checker(null), Issued.Without("iat")));
        Assert.Equal("jwt-missing-time", await RefusalAsync(Checker(TimeSpan.FromHours(1)), Issued.Without("iat")));
    }

    [Theory]
    [InlineData("2024-01-01T00:00:00.0000000Z")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1e400")]
    public async Task A_client_is_known_by_the_text_of_its_client_id(string clientId)
    {
        var client = new Application(clientId, "kc");
        var checker = Checker(null, client);
        Assert.Equal(clientId, (await checker.CheckAsync($"Bearer {Token.Of(client)}")).Principal?.ClientId);
    }

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("😀😀😀", 3, "😀😀😀")]
    [InlineData("😀😀😀😀", 3, "😀😀…")]
    [InlineData("a😀b😀c", 3, "a😀…")]
    [InlineData("", 3, "")]
    public void A_text_is_cut_between_characters_and_marked(string text, int maxLength, string expected) =>
        Assert.Equal(expected, AuditText.Cut(text, maxLength));

    private TokenChecker Checker(TimeSpan? maxAge, Application? application = null)
    {
        var client = application ?? Applications.Alles;
        var applications = new ApplicationsOptions
        {
            Applicaties = { new() { ClientIds = { client.ClientId }, Secret = client.Secret, HeeftAlleAutorisaties = true } },
        };
        return new(new(Options.Create(applications)), Options.Create(new TokenOptions { MaximaleLeeftijd = maxAge }), clock);
    }

    private static async Task<string?> RefusalAsync(TokenChecker checker, Token token) =>
        (await checker.CheckAsync($"Bearer {token}")).Refusal?.Code;
}
