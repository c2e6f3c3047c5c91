using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Klanten.Functions.Autorisaties;
using Klanten.Tests.Support;
using Microsoft.Extensions.Options;

namespace Klanten.Tests.Autorisaties;

/// <summary>
/// Headers Authorization by the thousand, each wrong in ways of its own: every one is a principal or a refusal, never an
/// exception, and only a token that the client signed is a principal.
/// </summary>
public sealed class TokenFuzzTests
{
    private const string ClientId = "alles";
    private const string Secret = "geheim-van-minstens-32-tekens-lang";
    private const int Rounds = 4000;

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "1.5", "1e5", "1e400", "-1e400", "9999999999", "253402300800", "1e18",
        "9223372036854775808", "123456789012345678901234567890", "\"\"", "\"alles\"", "\"x\"", "\"5\"",
        "\"1e400\"", "\"2024-01-01T00:00:00.0000000Z\"",
        "\"\\ud800\"", "\"\\u0000\"", "\"é😀\"", "[]", "[1]", "[\"alles\"]", "[[[]]]", "{}", "{\"alles\":\"alles\"}", "NaN", "Infinity",
        "01", "'x'", "undefined", "", "\"", "\"HS256\"", "\"none\"", "\"HS512\"", "\"RS256\"", "\"dir\"", "\"exp\"",
    ];

    private static readonly string[] Claims =
    [
        "client_id", "user_id", "user_representation", "iat", "exp", "nbf", "iss", "sub", "aud", "jti", "azp", "act", "actort", "cnf",
        "acr", "amr", "scp", "roles", "events", "address", "http://x", "", "x", "crit", "alg",
    ];

    private static readonly string[] Headers =
    [
        "alg", "typ", "kid", "cty", "crit", "enc", "zip", "x5t", "x5c", "x5u", "jku", "jwk", "b64", "epk", "apu", "p2c", "p2s",
        "tag", "iv", "",
    ];

    private static readonly TokenChecker Checker = new(
        new ConfiguredApplications(Options.Create(new ApplicationsOptions
        {
            Applicaties = { new() { ClientIds = { ClientId }, Secret = Secret, HeeftAlleAutorisaties = true } },
        })),
        Options.Create(new TokenOptions()),
        TimeProvider.System);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_is_sent_is_a_principal_or_a_refusal(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var (authorization, signed) = Header(random);
            await AssertJudgedAsync(authorization, signed);
        }
    }

    [Theory]
    [InlineData("Bearer e30.a.b.c.d", "jwt-decode-error")]
    [InlineData("Bearer e30.e30.e30.e30.e30", "jwt-decode-error")]
    [InlineData("Bearer e30.W10.", "jwt-decode-error")]
    [InlineData("Bearer e30.e30.", "missing-client-identifier")]
    [InlineData("Bearer e30.e30", "jwt-decode-error")]
    [InlineData("Bearer é.é.é", "jwt-decode-error")]
    [InlineData("Bearer \ud800.\ud800.\ud800", "jwt-decode-error")]
    public async Task What_is_no_token_has_a_code(string authorization, string code) =>
        Assert.Equal(code, (await Checker.CheckAsync(authorization)).Refusal?.Code);

    [Theory]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task Depth_and_length_have_no_end(int size)
    {
        foreach (var (open, close) in new[] { ("[", "]"), ("{\"a\":", "}") })
        {
            var nested = string.Concat(Enumerable.Repeat(open, size)) + "1" + string.Concat(Enumerable.Repeat(close, size));
            await AssertJudgedAsync($"Bearer {Token.Sign("""{"alg":"HS256"}""", nested, Secret)}", signed: true);
            var claim = $$"""{"client_id":"{{ClientId}}","x":{{nested}}}""";
            await AssertJudgedAsync($"Bearer {Token.Sign("""{"alg":"HS256"}""", claim, Secret)}", signed: true);
        }
        await AssertJudgedAsync("Bearer " + new string('.', size), signed: false);
        await AssertJudgedAsync("Bearer " + new string('e', size), signed: false);
        await AssertJudgedAsync($"Bearer {new string('e', size)}.{new string('e', size)}.{new string('e', size)}", signed: false);
    }

    private static async Task AssertJudgedAsync(string authorization, bool signed)
    {
        var (principal, refusal) = await Checker.CheckAsync(authorization);
        Assert.True(principal is null != (refusal is null), authorization);
        if (principal is null) return;
        Assert.True(signed, authorization);
        Assert.Equal(ClientId, principal.ClientId);
        Assert.InRange(principal.GebruikersId.EnumerateRunes().Count(), 0, 255);
        Assert.InRange(principal.GebruikersWeergave.EnumerateRunes().Count(), 0, 255);
    }

    /// <summary>A header, and whether it carries a token that the client signed and that nothing changed afterwards.</summary>
    private static (string Authorization, bool Signed) Header(Random random)
    {
        var header = Json(random, Headers, ("alg", "\"HS256\""), ("typ", "\"JWT\""));
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var payload = Json(random, Claims, ("client_id", $"\"{ClientId}\""), ("iat", now));
        var token = Token.Sign(header, payload, Secret);
        if (random.Next(3) > 0) return ($"Bearer {token}", true);
        var changed = Change(random, token);
        return ($"{(random.Next(10) == 0 ? "Bearer  " : "Bearer ")}{changed}", false);
    }

    private static string Json(Random random, string[] names, params (string Name, string Value)[] usual)
    {
        if (random.Next(40) == 0) return Values[random.Next(Values.Length)];
        var members = usual.Where(_ => random.Next(8) > 0).ToList();
        for (var i = random.Next(4); i > 0; i--)
        {
            members.Insert(random.Next(members.Count + 1), (names[random.Next(names.Length)], Values[random.Next(Values.Length)]));
        }
        return $"{{{string.Join(',', members.Select(m => $"\"{m.Name}\":{m.Value}"))}}}";
    }

    /// <summary>A change that the signature does not survive, or a text that is no token.</summary>
    private static string Change(Random random, string token)
    {
        var parts = token.Split('.');
        switch (random.Next(7))
        {
            case 0:
                return string.Join('.', parts.Take(random.Next(3)));
            case 1:
                return string.Join('.', parts.Concat(Enumerable.Repeat("e30", random.Next(1, 5))));
            case 2:
                parts[random.Next(2)] = "";
                return string.Join('.', parts);
            case 3:
                var bytes = new byte[random.Next(1, 60)];
                random.NextBytes(bytes);
                parts[random.Next(3)] = Base64Url.EncodeToString(bytes);
                return string.Join('.', parts);
            case 4:
                var characters = new StringBuilder(token);
                characters[random.Next(parts[0].Length + parts[1].Length)] = (char)random.Next(0x20, 0x17f);
                return characters.ToString() == token ? "" : characters.ToString();
            case 5:
                return $"{parts[0]}.{parts[1]}.{parts[2][..random.Next(parts[2].Length - 1)]}";
            default:
                return string.Join('.', parts.Reverse());
        }
    }
}
