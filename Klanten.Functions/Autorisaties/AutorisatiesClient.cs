using System.Collections.Frozen;
using System.Net;
using System.Net.Mime;
using System.Text.Json;
using Klanten.Functions.ExternalApis;

namespace Klanten.Functions.Autorisaties;

/// <summary>Result of a look-up of an application.</summary>
/// <param name="Answered">False when the API was unreachable or its answer could not be read.</param>
/// <param name="Applicatie">Null when no application has the client_id.</param>
internal readonly record struct ApplicationLookup(bool Answered, Applicatie? Applicatie);

/// <summary>Client of the Autorisaties API (VNG) for its one call that is needed here: the application of a client_id.</summary>
internal sealed class AutorisatiesClient(HttpClient client, OutgoingToken token)
{
    public async Task<ApplicationLookup> FindAsync(string clientId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"applicaties?clientIds={Uri.EscapeDataString(clientId)}");
        request.Headers.Authorization = token.CreateHeader();
        request.Headers.Accept.Add(new(MediaTypeNames.Application.Json));
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return default;
            }
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return new(true, FindApplicatie(document.RootElement, clientId));
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return default;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The timeout of the client has passed.
            return default;
        }
    }

    private static bool IsUnreadable(Exception exception) =>
        exception is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException;

    /// <summary>
    /// The application in the answer that lists the client_id itself. A server that ignores the query parameter returns
    /// every application, and none of the others may give access.
    /// </summary>
    private static Applicatie? FindApplicatie(JsonElement answer, string clientId)
    {
        var list = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("results", out var results) ? results : answer;
        foreach (var applicatie in list.EnumerateArray())
        {
            if (applicatie.GetProperty("clientIds"u8).EnumerateArray().Any(c => c.ValueEquals(clientId)))
            {
                return ToApplicatie(applicatie);
            }
        }
        return null;
    }

    private static Applicatie ToApplicatie(JsonElement applicatie) => new(
        AuditText.Cut(Text(applicatie, "url").TrimEnd('/').Split('/')[^1], AuditText.MaxApplicatieId),
        AuditText.Cut(Text(applicatie, "label"), AuditText.MaxApplicatieWeergave),
        Scopes(applicatie),
        applicatie.TryGetProperty("heeftAlleAutorisaties", out var alle) && alle.ValueKind == JsonValueKind.True);

    private static FrozenSet<string> Scopes(JsonElement applicatie)
    {
        if (!applicatie.TryGetProperty("autorisaties", out var autorisaties))
        {
            return FrozenSet<string>.Empty;
        }
        return autorisaties.EnumerateArray()
            .Where(a => Text(a, "component") == Applicatie.KlantenComponent)
            .SelectMany(a => a.GetProperty("scopes"u8).EnumerateArray(), (_, scope) => scope.GetString() ?? "")
            .ToFrozenSet(StringComparer.Ordinal);
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
