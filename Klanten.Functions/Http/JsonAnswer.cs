namespace Klanten.Functions.Http;

/// <summary>Sends JSON that is UTF-8 already.</summary>
/// <param name="body">Returned to the pool after it was sent.</param>
/// <param name="status">HTTP status.</param>
internal sealed class JsonAnswer(PooledBuffer body, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>Header Location; null sends none.</summary>
    public string? Location { get; init; }

    /// <summary>True to send an ETag and to answer 304 when If-None-Match contains it.</summary>
    public bool Cacheable { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var sent = body;
        var response = httpContext.Response;
        if (Cacheable)
        {
            var etag = EntityTag.Compute(body.Written.Span);
            response.Headers.ETag = etag;
            if (EntityTag.MatchesIfNoneMatch(etag, httpContext.Request))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        response.StatusCode = status;
        response.ContentType = MediaTypes.Json;
        response.ContentLength = body.Written.Length;
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(body.Written, httpContext.RequestAborted);
        }
    }
}
