using System.Text.Json;
using System.Text.Unicode;

namespace Klanten.Functions.Migration;

/// <summary>JSON as a source gave it.</summary>
internal static class SourceJson
{
    /// <summary>The value; null for what is no JSON, or not in UTF-8.</summary>
    public static JsonElement? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return Utf8.IsValid(text) ? JsonElement.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
