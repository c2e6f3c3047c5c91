using System.Runtime.InteropServices;
using System.Text.Json;
using Klanten.Core.Fields;
using Klanten.Core.Model;

namespace Klanten.Functions.Migration;

/// <summary>Where klanten are imported from. It is read in parts, in its own order, from any position that it gave before.</summary>
internal interface IImportSource
{
    /// <summary>Identifies the source, so that an import that was interrupted goes on with the same one.</summary>
    string Identity { get; }

    /// <summary>The source as audit entries name it.</summary>
    string Name { get; }

    /// <summary>Reads the parts after a position; 0 is the start.</summary>
    /// <exception cref="MigrationException">The source cannot be read.</exception>
    IAsyncEnumerable<ImportPart> ReadAsync(long position, CancellationToken cancellationToken);
}

/// <summary>A part of a source.</summary>
/// <param name="Klanten">The klanten in it.</param>
/// <param name="Position">Where the next part begins.</param>
/// <param name="Fraction">How much of the source has been read after it, from 0 to 1.</param>
/// <param name="Count">How many klanten the source says that it has; null when it does not say.</param>
internal sealed record ImportPart(IReadOnlyList<SourceKlant> Klanten, long Position, double Fraction, long? Count);

/// <summary>One klant as the source gives it. It may be unreadable, and has an <paramref name="Error"/> then.</summary>
/// <param name="Place">Where it is, such as <c>pagina 12</c> or <c>regel 1200</c>.</param>
/// <param name="Id">Its uuid; null when it has none that can be read.</param>
/// <param name="Json">Its representation.</param>
/// <param name="Error">Why it cannot be read; null when it can.</param>
internal sealed record SourceKlant(string Place, KlantId? Id, JsonElement Json, FieldError? Error)
{
    private const string UuidKey = "uuid";

    /// <summary>A klant as klant_list or <c>exporteer</c> gives it: with <c>url</c>, or with <c>uuid</c>.</summary>
    public static SourceKlant Read(string place, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Unreadable(place, FieldError.NotAnObject(FieldError.NonField));
        }
        if (JsonText.HasLoneSurrogate(JsonMarshal.GetRawUtf8Value(json)))
        {
            const string Reason = "De klant heeft tekst die geen Unicode is (een los surrogaat).";
            return Unreadable(place, FieldError.Invalid(FieldError.NonField, Reason));
        }
        return FindId(json) is { } id
            ? new(place, id, json, null)
            : new(place, null, json, new("url", "geen-uuid", "De klant heeft geen url die op een uuid eindigt."));
    }

    public static SourceKlant Unreadable(string place, FieldError error) => new(place, null, default, error);

    private static KlantId? FindId(JsonElement json)
    {
        var text = Text(json, UuidKey) ?? Text(json, "url");
        var last = text.AsSpan(text is null ? 0 : text.LastIndexOf('/') + 1);
        return KlantId.TryParse(last, out var id) ? id : null;
    }

    private static string? Text(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>The import or the export cannot go on. The message is in English.</summary>
/// <param name="reason">Says what is the matter. It has no values of klanten.</param>
internal sealed class MigrationException(Sentence reason) : Exception(reason.ToString())
{
    public Sentence Reason { get; } = reason;
}
