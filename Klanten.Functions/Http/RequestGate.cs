using Klanten.Functions.Autorisaties;
using Klanten.Functions.Operations;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Klanten.Functions.Http;

/// <summary>
/// What comes before an operation, in the order of the contract: the path as it is written (404), Accept (406), the
/// method (405), then the token and the scope (403). What comes after (404, 415, 400) is the operation's own.
/// </summary>
internal sealed class RequestGate(RequestDelegate next, Authorizer authorizer, PublicAddress address)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers["API-version"] = ApiRoute.Version;
        headers.XFrameOptions = "SAMEORIGIN";

        if (await RefusalAsync(http) is { } problem) await new ProblemAnswer(problem, address.UrlsOf(http.Request)).ExecuteAsync(http);
        else await next(http);
    }

    private async ValueTask<Problem?> RefusalAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint endpoint
            || endpoint.Metadata.GetMetadata<ApiRoute>() is not { } route
            || !IsWrittenAs(endpoint.RoutePattern, http.Request.Path.Value)) return Problem.NotFound;
        // Open to everyone, whatever media type they accept.
        if (route.Operation is { Scope: null }) return null;

        http.Response.Headers.Allow = route.Allow;
        if (!MediaTypes.AcceptsJson(http.Request.Headers.Accept)) return Problem.NotAcceptable;
        if (route.Operation is not { Scope: { } scope }) return Problem.MethodNotAllowed;
        var access = await authorizer.AuthorizeAsync(http.Request.Headers.Authorization, scope, http.RequestAborted);
        http.Features.Set(access);
        return access.Refusal;
    }

    /// <summary>Routing ignores case and a slash at the end; the API does not.</summary>
    private static bool IsWrittenAs(RoutePattern pattern, ReadOnlySpan<char> path)
    {
        if (pattern.PathSegments is [{ Parts: [RoutePatternParameterPart { IsCatchAll: true }] }]) return true;
        foreach (var segment in pattern.PathSegments)
        {
            if (path is not ['/', .. var rest]) return false;
            var end = rest.IndexOf('/');
            var text = end < 0 ? rest : rest[..end];
            if (segment.Parts is [RoutePatternLiteralPart literal] ? !text.SequenceEqual(literal.Content) : text.IsEmpty) return false;
            path = end < 0 ? [] : rest[end..];
        }
        return path.IsEmpty;
    }
}

/// <summary>What the gate must know of an endpoint.</summary>
/// <param name="Allow">The methods of the path, as the header Allow lists them.</param>
/// <param name="Operation">Null when the path has no operation for the method.</param>
internal sealed record ApiRoute(string Allow, Operation? Operation)
{
    /// <summary>Version of the standard, sent with every answer.</summary>
    public const string Version = "1.0.0";
}
