namespace Klanten.Functions.Http;

/// <summary>Sends JSON that is UTF-8 already.</summary>
/// <param name="body">Returned to the pool after it was sent.</param>
/// <param name="status">HTTP status.</param>
internal sealed class JsonAnswer(PooledBuffer body, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>Header Location; null sends none.</summary>
    public string? Location { get; init; }

    /// <summary>
    /// The addresses of this API, to send an ETag and to observe If-Match (412) and If-None-Match (304); null does neither.
    /// </summary>
    public PublicUrls? Conditional { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var sent = body;
        var response = httpContext.Response;
        if (Conditional is { } urls)
        {
            var etag = EntityTag.Compute(body.Written.Span);
            var conditions = httpContext.Request.Headers;
            if (conditions.IfMatch.Count > 0 && !EntityTag.MatchesStrongly(conditions.IfMatch, etag))
            {
                await new ProblemAnswer(Problem.PreconditionFailed, urls).ExecuteAsync(httpContext);
                return;
            }
            response.Headers.ETag = etag;
            if (EntityTag.MatchesWeakly(conditions.IfNoneMatch, etag))
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
            await body.SendAsync(response.Body, httpContext.RequestAborted);
        }
    }
}
