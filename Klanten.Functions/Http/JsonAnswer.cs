using System.Security.Cryptography;

namespace Klanten.Functions.Http;

/// <summary>Sends JSON that is already UTF-8.</summary>
internal sealed class JsonAnswer(ReadOnlyMemory<byte> body, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>Header Location; null sends none.</summary>
    public string? Location { get; init; }

    /// <summary>
    /// Whether the answer carries an ETag and heeds If-None-Match (RFC 9110, 13.1.2). The ETag is made of the answer as
    /// sent, so that the same klant at another public address has another one.
    /// </summary>
    public bool Cacheable { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (Cacheable)
        {
            var etag = EntityTag(body.Span);
            response.Headers.ETag = etag;
            if (IsKnown(etag, httpContext.Request))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }
        response.StatusCode = status;
        response.ContentType = MediaTypes.Json;
        response.ContentLength = body.Length;
        if (Location is not null) response.Headers.Location = Location;
        return HttpMethods.IsHead(httpContext.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }

    private static string EntityTag(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return $"\"{Convert.ToHexStringLower(hash[..16])}\"";
    }

    /// <summary>Weak comparison: the quoted tag anywhere in the list, with or without W/. What is no tag matches nothing.</summary>
    private static bool IsKnown(string etag, HttpRequest request)
    {
        foreach (var header in request.Headers.IfNoneMatch)
            if (header is not null && (header.Contains(etag, StringComparison.Ordinal) || header.AsSpan().Trim() is "*")) return true;
        return false;
    }
}
