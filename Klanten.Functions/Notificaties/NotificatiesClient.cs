using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Http;

namespace Klanten.Functions.Notificaties;

/// <summary>The Notificaties API, as much of it as is used here.</summary>
internal sealed class NotificatiesClient(HttpClient client, OutgoingToken credential)
{
    public const string Kanaal = "klanten";

    /// <summary>Publishes one notification; false when it was not taken, for whatever reason.</summary>
    public async Task<bool> PublishAsync(Notificatie notificatie, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Post, "notificaties", Write(notificatie), cancellationToken) is { IsSuccess: true };

    /// <summary>Registers the kanaal, unless it is there already.</summary>
    /// <param name="documentatie">Where the kanaal is described.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>201 when it was registered, 200 when it was there; else the status that it ended in, null when there was none.</returns>
    public async Task<HttpStatusCode?> RegisterKanaalAsync(string documentatie, CancellationToken cancellationToken)
    {
        var existing = await SendAsync(HttpMethod.Get, $"kanaal?naam={Kanaal}", null, cancellationToken);
        if (existing is not { IsSuccess: true }) return existing?.Status;
        if (NamesKanaal(existing.Value.Body)) return HttpStatusCode.OK;
        return (await SendAsync(HttpMethod.Post, "kanaal", WriteKanaal(documentatie), cancellationToken))?.Status;
    }

    private readonly record struct Answer(HttpStatusCode Status, byte[] Body)
    {
        public bool IsSuccess => (int)Status is >= 200 and < 300;
    }

    /// <summary>Null when there was no answer.</summary>
    private async Task<Answer?> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = credential.Header();
        request.Headers.Accept.Add(new(MediaTypes.Json));
        if (body is { } json)
        {
            request.Content = new ReadOnlyMemoryContent(json);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypes.Json);
        }
        try
        {
            // Of a POST the status says it all; whatever is wrong with the rest does not undo that it was taken.
            var completion = method == HttpMethod.Get ? HttpCompletionOption.ResponseContentRead : HttpCompletionOption.ResponseHeadersRead;
            using var response = await client.SendAsync(request, completion, cancellationToken);
            return new(response.StatusCode, method == HttpMethod.Get ? await response.Content.ReadAsByteArrayAsync(cancellationToken) : []);
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Whether the kanaal is in the list, which some implementations send page by page and some ignore the filter of.</summary>
    private static bool NamesKanaal(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var list = document.RootElement is { ValueKind: JsonValueKind.Object } page && page.TryGetProperty("results"u8, out var results) ? results : document.RootElement;
            return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().Any(kanaal => kanaal.ValueKind == JsonValueKind.Object
                && kanaal.TryGetProperty("naam"u8, out var naam) && naam.ValueKind == JsonValueKind.String && naam.ValueEquals(Kanaal));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadOnlyMemory<byte> Write(Notificatie notificatie)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, KlantJson.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("kanaal"u8, Kanaal);
        writer.WriteString("hoofdObject"u8, notificatie.HoofdObject);
        writer.WriteString("resource"u8, "klant"u8);
        writer.WriteString("resourceUrl"u8, notificatie.HoofdObject);
        writer.WriteString("actie"u8, notificatie.Actie.Code());
        writer.WriteString("aanmaakdatum"u8, Timestamps.Write(notificatie.Aanmaakdatum));
        writer.WriteStartObject("kenmerken"u8);
        writer.WriteString("subjectType"u8, notificatie.SubjectType);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> WriteKanaal(string documentatie)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, KlantJson.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("naam"u8, Kanaal);
        writer.WriteString("documentatieLink"u8, documentatie);
        writer.WriteStartArray("filters"u8);
        writer.WriteStringValue("subjectType"u8);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
