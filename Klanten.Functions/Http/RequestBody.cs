using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Klanten.Core.Fields;

namespace Klanten.Functions.Http;

/// <summary>The JSON of a request, or the problem with it.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>Limit in bytes; a longer body is answered with 413.</summary>
    public const int MaxLength = 1024 * 1024;

    /// <summary>Limit of nested objects and arrays; deeper JSON is answered with 400.</summary>
    public const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    private readonly JsonDocument? document;

    private RequestBody(JsonDocument document) => this.document = document;

    private RequestBody(Problem problem) => Problem = problem;

    public Problem? Problem { get; }

    /// <summary>JSON of any type; an empty object when the request had no body.</summary>
    public JsonElement Json => document!.RootElement;

    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var bytes = await ReadBytesAsync(request, cancellationToken);
        if (bytes is null)
        {
            return new(Problem.BodyTooLarge);
        }
        if (bytes.Length == 0)
        {
            return new(JsonDocument.Parse("{}"));
        }
        if (!MediaTypes.IsJson(request.ContentType))
        {
            return new(Problem.UnsupportedMediaType);
        }
        return Parse(bytes, MediaTypes.Charset(request.ContentType));
    }

    public void Dispose() => document?.Dispose();

    private static RequestBody Parse(byte[] bytes, Encoding charset)
    {
        try
        {
            var utf8 = ToUtf8(bytes, charset);
            if (!Utf8.IsValid(utf8))
            {
                return new(Problem.ParseError);
            }
            var document = JsonDocument.Parse(utf8, Options);
            if (HasReadableNames(utf8))
            {
                return new(document);
            }
            document.Dispose();
            return new(Problem.ParseError);
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException)
        {
            return new(Problem.ParseError);
        }
    }

    /// <summary>The whole body; null when it is too large.</summary>
    private static async Task<byte[]?> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is > MaxLength)
        {
            return null;
        }
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > MaxLength)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }
            if (!read.IsCompleted)
            {
                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            var bytes = read.Buffer.ToArray();
            request.BodyReader.AdvanceTo(read.Buffer.End);
            return bytes;
        }
    }

    private static byte[] ToUtf8(byte[] bytes, Encoding charset)
    {
        if (charset.CodePage == Encoding.UTF8.CodePage)
        {
            return bytes;
        }
        var (text, encoding) = ByteOrderMark.Remove(bytes, charset);
        return Encoding.UTF8.GetBytes(encoding.GetString(text.Span));
    }

    /// <summary>
    /// False when a key contains half a surrogate pair. Such a key is not text, and JsonElement throws when it looks up any
    /// key of the same object.
    /// </summary>
    private static bool HasReadableNames(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("\\u"u8) < 0)
        {
            return true;
        }
        var reader = new Utf8JsonReader(utf8, new() { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            var isEscapedName = reader.TokenType == JsonTokenType.PropertyName && reader.ValueIsEscaped;
            if (isEscapedName && JsonText.HasLoneSurrogate(reader.ValueSpan))
            {
                return false;
            }
        }
        return true;
    }
}
