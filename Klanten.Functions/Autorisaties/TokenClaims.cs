using System.Buffers.Text;
using System.Text.Json;

namespace Klanten.Functions.Autorisaties;

/// <summary>
/// The claims of a token, or its header, as the text that was sent. The token library converts them: a text that looks like a date becomes
/// that date in another notation, and a large number is rounded.
/// </summary>
/// <param name="json">The payload or the header, an object.</param>
internal sealed class TokenClaims(JsonElement json)
{
    /// <exception cref="FormatException">The part is not base64url.</exception>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public static TokenClaims Read(string encodedPart)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(encodedPart));
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("The part is not an object.");
        }
        return new(document.RootElement.Clone());
    }

    /// <summary>Whether the claim is present, whatever its value.</summary>
    public bool Has(string name) => json.TryGetProperty(name, out _);

    /// <summary>The claim; null when it is absent or null.</summary>
    public JsonElement? Find(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The text of the claim, in at most this number of characters; empty when it is absent or null.</summary>
    public string Text(string name, int maxLength)
    {
        if (Find(name) is not { } value)
        {
            return "";
        }
        return AuditText.Cut(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), maxLength);
    }

    /// <summary>A moment in seconds since 1970; null when the claim is absent or null.</summary>
    /// <exception cref="JsonException">The claim is not a number, or one that has no finite value.</exception>
    public double? Seconds(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && double.IsFinite(seconds))
        {
            return seconds;
        }
        throw new JsonException("The claim is not a moment.");
    }
}
