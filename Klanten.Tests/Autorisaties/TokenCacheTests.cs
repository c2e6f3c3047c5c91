using Klanten.Functions.Autorisaties;
using Klanten.Tests.Support;
using Microsoft.Extensions.Options;

namespace Klanten.Tests.Autorisaties;

/// <summary>Verified tokens are remembered within a bound of bytes, whatever their size.</summary>
public sealed class TokenCacheTests
{
    private readonly TokenChecker checker = new(
        new(Options.Create(new ApplicationsOptions
        {
            Applicaties = { new() { ClientIds = { Applications.Alles.ClientId }, Secret = Applications.Alles.Secret } },
        })),
        Options.Create(new TokenOptions()),
        TimeProvider.System);

    [Theory]
    [InlineData(20_000, 400)]
    [InlineData(200, 30_000)]
    public async Task What_is_remembered_has_a_bound_of_bytes(int claimLength, int tokens)
    {
        var most = 0L;
        for (var n = 0; n < tokens; n++)
        {
            var authorization = Authorization(n, claimLength);
            await checker.CheckAsync(authorization);
            most = Math.Max(most, checker.VerifiedTokens * (long)authorization.Length * sizeof(char));
        }
        Assert.InRange(most, TokenChecker.MaxVerifiedBytes / 3, TokenChecker.MaxVerifiedBytes);
    }

    [Fact]
    public async Task A_token_that_is_remembered_counts_once()
    {
        var authorization = Authorization(1, 100);
        for (var i = 0; i < 1000; i++) Assert.NotNull((await checker.CheckAsync(authorization)).Principal);
        Assert.Equal(1, checker.VerifiedTokens);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_not_remembered()
    {
        Assert.Null((await checker.CheckAsync($"Bearer {Token.Of(Applications.Alles).SignedWith("x")}")).Principal);
        Assert.Equal(0, checker.VerifiedTokens);
    }

    [Fact]
    public async Task A_good_token_is_good_while_others_come_by_the_thousand()
    {
        var good = Authorization(-1, 100);
        for (var n = 0; n < 2000; n++)
        {
            await checker.CheckAsync(Authorization(n, 15_000));
            Assert.NotNull((await checker.CheckAsync(good)).Principal);
        }
    }

    private static string Authorization(int n, int claimLength) =>
        $"Bearer {Token.Of(Applications.Alles).With("n", n).With("user_representation", new string('x', claimLength))}";
}
