using System.Collections.Frozen;
using System.Net;
using System.Text.Json;
using Klanten.Functions.Http;

namespace Klanten.Functions.Autorisaties;

/// <summary>The Autorisaties API told something, or could not be asked.</summary>
/// <param name="Answered">False when it was unreachable or what it said could not be read.</param>
/// <param name="Applicatie">Null when it does not know the client.</param>
internal readonly record struct RemoteAnswer(bool Answered, Applicatie? Applicatie);

/// <summary>The Autorisaties API (VNG), as much of it as is used here: which application has a client_id.</summary>
internal sealed class AutorisatiesClient(HttpClient client, OutgoingToken credential)
{
    public async Task<RemoteAnswer> FindAsync(string clientId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"applicaties?clientIds={Uri.EscapeDataString(clientId)}");
        request.Headers.Authorization = credential.Header();
        request.Headers.Accept.Add(new(MediaTypes.Json));
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK) return default;
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return new(true, Read(document.RootElement, clientId));
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return default;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return default;
        }
    }

    /// <summary>Only an application that names the client itself counts: a server that ignores the parameter gives nobody access.</summary>
    private static Applicatie? Read(JsonElement answer, string clientId)
    {
        var list = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("results", out var results) ? results : answer;
        foreach (var applicatie in list.EnumerateArray())
            if (applicatie.GetProperty("clientIds"u8).EnumerateArray().Any(c => c.ValueEquals(clientId))) return ToApplicatie(applicatie);
        return null;
    }

    private static Applicatie ToApplicatie(JsonElement applicatie) => new(
        Text(applicatie, "url").TrimEnd('/').Split('/')[^1],
        Text(applicatie, "label"),
        Scopes(applicatie),
        applicatie.TryGetProperty("heeftAlleAutorisaties", out var alle) && alle.ValueKind == JsonValueKind.True);

    private static FrozenSet<string> Scopes(JsonElement applicatie) =>
        applicatie.TryGetProperty("autorisaties", out var autorisaties)
            ? autorisaties.EnumerateArray()
                .Where(a => Text(a, "component") == Applicatie.KlantenComponent)
                .SelectMany(a => a.GetProperty("scopes"u8).EnumerateArray(), (_, scope) => scope.GetString() ?? "")
                .ToFrozenSet(StringComparer.Ordinal)
            : FrozenSet<string>.Empty;

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
