using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Klanten.Core.Fields;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Klanten.Functions.Http;

/// <summary>The JSON of a request, or the problem with it.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>Limit in bytes; a longer body is answered with 413.</summary>
    public const int MaxLength = 1024 * 1024;

    /// <summary>Limit of nested objects and arrays; deeper JSON is answered with 400.</summary>
    public const int MaxDepth = 32;

    /// <summary>Holds nearly every body. More is taken as it comes in: a Content-Length is only a promise.</summary>
    private const int InitialCapacity = 4096;

    /// <summary>Longer JSON is parsed into arrays of its own: a pool would keep those long after a burst of large bodies.</summary>
    private const int MaxPooledLength = 64 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    private readonly JsonDocument? document;
    private readonly PooledBuffer? bytes;

    private RequestBody(JsonElement json) => Json = json;

    private RequestBody(JsonDocument document, PooledBuffer bytes) : this(document.RootElement) =>
        (this.document, this.bytes) = (document, bytes);

    private RequestBody(Problem problem) => Problem = problem;

    public Problem? Problem { get; }

    /// <summary>JSON of any type; an empty object when the request had no body.</summary>
    public JsonElement Json { get; }

    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is > MaxLength)
        {
            return new(Problem.BodyTooLarge);
        }
        var bytes = new PooledBuffer(InitialCapacity);
        var isKept = false;
        try
        {
            if (await FillAsync(bytes, request, cancellationToken) is { } problem)
            {
                return new(problem);
            }
            if (bytes.Written.IsEmpty)
            {
                return new(Empty);
            }
            var contentType = MediaTypes.ContentType(request.Headers.ContentType);
            if (!MediaTypes.IsJson(contentType))
            {
                return new(Problem.UnsupportedMediaType);
            }
            var body = Parse(bytes, MediaTypes.Charset(contentType));
            isKept = body.bytes is not null;
            return body;
        }
        finally
        {
            if (!isKept)
            {
                bytes.Dispose();
            }
        }
    }

    public void Dispose()
    {
        document?.Dispose();
        bytes?.Dispose();
    }

    private static RequestBody Parse(PooledBuffer bytes, Encoding charset)
    {
        try
        {
            var utf8 = ToUtf8(bytes.Written, charset);
            if (!Utf8.IsValid(utf8.Span))
            {
                return new(Problem.ParseError);
            }
            if (utf8.Length > MaxPooledLength)
            {
                var json = JsonElement.Parse(utf8.Span, Options);
                return HasReadableNames(utf8.Span) ? new(json) : new(Problem.ParseError);
            }
            var document = JsonDocument.Parse(utf8, Options);
            if (HasReadableNames(utf8.Span))
            {
                return new(document, bytes);
            }
            document.Dispose();
            return new(Problem.ParseError);
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException)
        {
            return new(Problem.ParseError);
        }
    }

    /// <summary>Reads the body into the buffer, to its end, and takes a place for the request then.</summary>
    /// <returns>Null when the whole body was read and there is a place; else why not.</returns>
    private static async Task<Problem?> FillAsync(PooledBuffer bytes, HttpRequest request, CancellationToken cancellationToken)
    {
        var guest = request.HttpContext.Features.GetRequiredFeature<WriteRoom.Guest>();
        using var deadline = guest.StartBodyDeadline();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await FillAsync(bytes, request, guest, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Problem.RequestTimeout;
        }
    }

    private static async Task<Problem?> FillAsync(
        PooledBuffer bytes, HttpRequest request, WriteRoom.Guest guest, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await ReadAsync(request.BodyReader, cancellationToken);
            var problem = Admit(bytes.Written.Length, read.Buffer.Length, guest);
            if (problem is null)
            {
                foreach (var part in read.Buffer)
                {
                    bytes.Write(part.Span);
                }
            }
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (problem is not null)
            {
                return problem;
            }
            if (read.IsCompleted)
            {
                return guest.TryTakePlace() ? null : Problem.Overloaded;
            }
        }
    }

    /// <returns>Null when so many more bytes may be kept.</returns>
    private static Problem? Admit(long kept, long more, WriteRoom.Guest guest)
    {
        if (kept + more > MaxLength)
        {
            return Problem.BodyTooLarge;
        }
        return guest.TryHold(more) ? null : Problem.Overloaded;
    }

    private static async ValueTask<ReadResult> ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(cancellationToken);
        }
        catch (IOException exception) when (exception is not (BadHttpRequestException or ConnectionResetException))
        {
            // Kestrel throws it for a chunk size that fits in no number.
            throw new BadHttpRequestException("The body is not encoded as HTTP prescribes.", exception);
        }
    }

    private static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> bytes, Encoding charset)
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
