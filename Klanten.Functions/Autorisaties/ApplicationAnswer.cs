using System.Collections.Frozen;
using System.Text.Json;

namespace Klanten.Functions.Autorisaties;

/// <summary>The application of a client_id in an answer of the Autorisaties API.</summary>
/// <remarks>
/// Entries that are not of the standard are skipped, so that one of them does not block the good one beside it. Skipping never
/// gives more access: what cannot be read grants nothing.
/// </remarks>
/// <param name="Applicatie">Null when no readable entry lists the client_id.</param>
/// <param name="Skipped">How many entries were not of the standard.</param>
internal readonly record struct ApplicationAnswer(Applicatie? Applicatie, int Skipped)
{
    /// <summary>Without an application, one of the skipped entries may have been the one that was asked for.</summary>
    public bool IsReadable => Applicatie is not null || Skipped == 0;

    /// <exception cref="JsonException">The answer is not JSON, or no list.</exception>
    public static ApplicationAnswer Read(byte[] answer, string clientId)
    {
        using var document = JsonDocument.Parse(answer);
        var list = ListIn(document.RootElement);
        Applicatie? found = null;
        var skipped = 0;
        foreach (var applicatie in list.EnumerateArray())
        {
            if (ClientIds(applicatie) is not { } clientIds)
            {
                skipped++;
            }
            // A server that ignores the query parameter returns every application, and none of the others may give access.
            else if (found is null && clientIds.Contains(clientId, StringComparer.Ordinal))
            {
                found = ToApplicatie(applicatie, ref skipped);
            }
        }
        return new(found, skipped);
    }

    /// <summary>The list itself, or that of a page.</summary>
    private static JsonElement ListIn(JsonElement answer)
    {
        var list = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("results", out var results) ? results : answer;
        return list.ValueKind == JsonValueKind.Array ? list : throw new JsonException("The answer is no list.");
    }

    /// <summary>Null when the entry is not an application with a list of client_ids.</summary>
    private static string[]? ClientIds(JsonElement applicatie)
    {
        if (applicatie.ValueKind != JsonValueKind.Object
            || !applicatie.TryGetProperty("clientIds"u8, out var clientIds)
            || clientIds.ValueKind != JsonValueKind.Array)
        {
            return null;
        }
        return [.. clientIds.EnumerateArray().Select(Text).OfType<string>()];
    }

    private static Applicatie ToApplicatie(JsonElement applicatie, ref int skipped) => new(
        AuditText.Cut(Text(applicatie, "url").TrimEnd('/').Split('/')[^1], AuditText.MaxApplicatieId),
        AuditText.Cut(Text(applicatie, "label"), AuditText.MaxApplicatieWeergave),
        Scopes(applicatie, ref skipped),
        applicatie.TryGetProperty("heeftAlleAutorisaties", out var alle) && alle.ValueKind == JsonValueKind.True);

    private static FrozenSet<string> Scopes(JsonElement applicatie, ref int skipped)
    {
        var granted = new HashSet<string>(StringComparer.Ordinal);
        if (!applicatie.TryGetProperty("autorisaties", out var autorisaties) || autorisaties.ValueKind == JsonValueKind.Null)
        {
            return granted.ToFrozenSet(StringComparer.Ordinal);
        }
        if (autorisaties.ValueKind != JsonValueKind.Array)
        {
            skipped++;
            return granted.ToFrozenSet(StringComparer.Ordinal);
        }
        foreach (var autorisatie in autorisaties.EnumerateArray())
        {
            if (autorisatie.ValueKind != JsonValueKind.Object
                || !autorisatie.TryGetProperty("scopes"u8, out var scopes)
                || scopes.ValueKind != JsonValueKind.Array)
            {
                skipped++;
            }
            else if (Text(autorisatie, "component") == Applicatie.KlantenComponent)
            {
                granted.UnionWith(scopes.EnumerateArray().Select(Text).OfType<string>());
            }
        }
        return granted.ToFrozenSet(StringComparer.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? Text(value) ?? "" : "";

    /// <summary>Null when the value is no text; a text with half a surrogate pair is none.</summary>
    private static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
