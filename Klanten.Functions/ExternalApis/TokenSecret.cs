using System.Text;
using Klanten.Functions.Settings;

namespace Klanten.Functions.ExternalApis;

/// <summary>The rule for secrets that sign tokens: HS256 asks for a key as long as its hash (RFC 7518, 3.2).</summary>
internal static class TokenSecret
{
    private const int MinBytes = 32;

    /// <summary>What follows the key of a setting that is too short.</summary>
    public static Sentence TooShort { get; } = SettingTexts.SecretTooShort.With(MinBytes);

    public static bool IsLongEnough(string secret) => Encoding.UTF8.GetByteCount(secret) >= MinBytes;
}
