using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Klanten.Functions.Autorisaties;

/// <summary>
/// Checks a token of its own while the program starts. Loading and compiling what that needs takes tens of milliseconds, which the
/// first request would wait for.
/// </summary>
internal sealed class TokenWarmup(ConfiguredApplications applications, TokenChecker tokens) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var (clientId, key) in applications.Keys)
        {
            await tokens.VerifyAsync("Bearer " + Token(clientId, key.Key));
            break;
        }
    }

    /// <summary>A token of the client that is signed well, without times.</summary>
    public static string Token(string clientId, byte[] key)
    {
        var client = JsonEncodedText.Encode(clientId).EncodedUtf8Bytes;
        var signed = Encode("""{"alg":"HS256"}"""u8) + "." + Encode([.. "{\"client_id\":\""u8, .. client, .. "\"}"u8]);
        return signed + "." + Encode(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)));
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
