using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Autorisaties;

/// <summary>Checks a token that is made up, of a client that is made up.</summary>
internal static class TokenRehearsal
{
    private const string ClientId = "repetitie";

    /// <returns>Whether it was found good.</returns>
    public static async Task<bool> RunAsync()
    {
        var key = RandomNumberGenerator.GetHexString(64);
        var applications = new ConfiguredApplications(Options.Create(
            new ApplicationsOptions { Applicaties = { new() { ClientIds = { ClientId }, Secret = key } } }));
        var checker = new TokenChecker(applications, Options.Create(new TokenOptions()), TimeProvider.System);
        var (principal, _) = await checker.VerifyAsync("Bearer " + Token(Encoding.UTF8.GetBytes(key)));
        return principal?.ClientId == ClientId;
    }

    /// <summary>A token that is signed well, without times.</summary>
    /// <remarks>Not by the library: writing one would load and compile much that no request needs.</remarks>
    private static string Token(byte[] key)
    {
        var signed = Encode("""{"alg":"HS256"}"""u8) + "." + Encode(Encoding.UTF8.GetBytes($$"""{"client_id":"{{ClientId}}"}"""));
        return signed + "." + Encode(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)));
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
