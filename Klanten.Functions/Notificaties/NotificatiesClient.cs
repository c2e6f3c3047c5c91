using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Functions.ExternalApis;
using Klanten.Functions.Http;

namespace Klanten.Functions.Notificaties;

/// <summary>Client of the Notificaties API (VNG): publishes notifications and registers the kanaal.</summary>
/// <param name="client">Sends the requests; has the base address and the timeout.</param>
/// <param name="token">The token of this program there.</param>
/// <param name="section">The section of the configuration that names the API.</param>
/// <param name="states">Receives what became of each call.</param>
internal sealed class NotificatiesClient(HttpClient client, OutgoingToken token, string section, ExternalApiStates states)
{
    public const string Kanaal = "klanten";

    /// <summary>The API in metrics and health.</summary>
    public const string Tag = "notificaties";

    private readonly ExternalApiState state = states.Get(Tag, "The Notificaties API");

    /// <summary>Publishes one notification; false when the API did not accept it or gave no answer.</summary>
    public async Task<bool> PublishAsync(Notificatie notificatie, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Post, "notificaties", Write(notificatie), cancellationToken) is { IsSuccess: true };

    /// <summary>Registers the kanaal, unless it is registered already.</summary>
    /// <param name="documentatie">URL of the description of the kanaal.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>201 when it was registered now, 200 when it was before; else the API's status, null when it gave no answer.</returns>
    public async Task<HttpStatusCode?> RegisterKanaalAsync(string documentatie, CancellationToken cancellationToken)
    {
        var existing = await SendAsync(HttpMethod.Get, $"kanaal?naam={Kanaal}", null, cancellationToken);
        if (existing is not { IsSuccess: true })
        {
            return existing?.Status;
        }
        if (ContainsKanaal(existing.Value.Body))
        {
            return HttpStatusCode.OK;
        }
        var registered = await SendAsync(HttpMethod.Post, "kanaal", WriteKanaal(documentatie), cancellationToken);
        return registered?.Status;
    }

    private readonly record struct Answer(HttpStatusCode Status, byte[] Body)
    {
        public bool IsSuccess => (int)Status is >= 200 and < 300;
    }

    /// <summary>Null when there was no answer.</summary>
    private async Task<Answer?> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token.CreateHeader();
        request.Headers.Accept.Add(new(MediaTypeNames.Application.Json));
        if (body is { } json)
        {
            request.Content = new ReadOnlyMemoryContent(json);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        }
        try
        {
            // The status of a POST is enough: a broken body does not undo that the API accepted the notification.
            var completion = method == HttpMethod.Get ? HttpCompletionOption.ResponseContentRead : HttpCompletionOption.ResponseHeadersRead;
            using var response = await client.SendAsync(request, completion, cancellationToken);
            state.Report(ToResult(response));
            return new(response.StatusCode, method == HttpMethod.Get ? await response.Content.ReadAsByteArrayAsync(cancellationToken) : []);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Unreachable, no HTTP, or the timeout of the client has passed.
            state.Report(CallResult.Failed(exception, section));
            return null;
        }
    }

    private CallResult ToResult(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            return CallResult.Success(response.StatusCode);
        }
        var refused = CallResult.Refused(response.StatusCode, section);
        return response.StatusCode == HttpStatusCode.BadRequest
            ? refused with { Advice = CallTexts.CheckKanaal.With(Kanaal) }
            : refused;
    }

    /// <summary>Searches the list for the kanaal: some implementations send pages, and some ignore the filter on its name.</summary>
    private static bool ContainsKanaal(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var list = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("results"u8, out var results) ? results : root;
            return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().Any(IsKanaal);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsKanaal(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("naam"u8, out var naam)
        && naam.ValueKind == JsonValueKind.String
        && naam.ValueEquals(Kanaal);

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
