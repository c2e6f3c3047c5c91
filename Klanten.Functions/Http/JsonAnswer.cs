namespace Klanten.Functions.Http;

/// <summary>Sends JSON that is already UTF-8.</summary>
/// <param name="body">Goes back to the pool once it is sent.</param>
/// <param name="status">HTTP status.</param>
internal sealed class JsonAnswer(PooledBuffer body, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>Header Location; null sends none.</summary>
    public string? Location { get; init; }

    /// <summary>Whether the answer carries an ETag and heeds If-None-Match.</summary>
    public bool Cacheable { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var sent = body;
        var response = httpContext.Response;
        if (Cacheable)
        {
            var etag = EntityTag.Of(body.Written.Span);
            response.Headers.ETag = etag;
            if (EntityTag.IsKnown(etag, httpContext.Request))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        response.StatusCode = status;
        response.ContentType = MediaTypes.Json;
        response.ContentLength = body.Written.Length;
        if (Location is not null) response.Headers.Location = Location;
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await response.Body.WriteAsync(body.Written, httpContext.RequestAborted);
    }
}
