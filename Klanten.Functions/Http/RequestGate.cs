using System.Diagnostics;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Operations;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Klanten.Functions.Http;

/// <summary>
/// The checks before an operation, in the order of the contract: the exact path (404), the address (400), Accept (406), the method
/// (405), the token and the scope (403), then a part of a klant (400). The operation itself does the later ones (404, 412, 415, 400).
/// </summary>
internal sealed class RequestGate(RequestDelegate next, Authorizer authorizer, PublicAddress address)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (await CheckAsync(http) is { } problem)
        {
            await new ProblemAnswer(problem, address.UrlsOf(http.Request)).ExecuteAsync(http);
            return;
        }
        await next(http);
    }

    /// <returns>The problem to answer with; null when the request may go on to its operation.</returns>
    private async ValueTask<Problem?> CheckAsync(HttpContext http)
    {
        if (!IsPlain(http.Request.Headers.TransferEncoding))
        {
            return Problem.BadRequest;
        }
        if (http.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<ApiRoute>() is not { } route)
        {
            return Problem.NotFound;
        }
        if (!MatchesExactly(endpoint.RoutePattern, http.Request.Path.Value))
        {
            return Problem.NotFound;
        }
        if (route.IsOutsideApi && route.Has(http.Request.Method))
        {
            // Whatever media type the request accepts.
            return null;
        }
        StandingHeaders.Set(http, route);
        if (address.UrlsOf(http.Request).AreRelative)
        {
            return Problem.AddressUnknown;
        }
        if (!MediaTypes.AcceptsAnswer(http.Request.Headers.Accept))
        {
            return Problem.NotAcceptable;
        }
        if (!route.Has(http.Request.Method))
        {
            return Problem.MethodNotAllowed;
        }
        var refusal = route.Operation?.Scope is { } scope ? await AuthorizeAsync(http, scope) : null;
        return refusal ?? (ReplacesPart(http.Request) ? Problem.PartialPut : null);
    }

    /// <summary>
    /// Whether the body is a part of a klant. No operation observes the header, and taken for the whole it would do harm (RFC 9110, 14.5).
    /// </summary>
    private static bool ReplacesPart(HttpRequest request) =>
        (HttpMethods.IsPut(request.Method) || HttpMethods.IsPatch(request.Method)) && request.Headers.ContainsKey(HeaderNames.ContentRange);

    /// <summary>
    /// Whether a body is at most in chunks (RFC 9112, 6.1). The server removes the chunks of "gzip, chunked" as well, and leaves the gzip.
    /// </summary>
    private static bool IsPlain(StringValues codings) =>
        codings.Count == 0 || (codings is [var only] && "chunked".Equals(only, StringComparison.OrdinalIgnoreCase));

    private async ValueTask<Problem?> AuthorizeAsync(HttpContext http, string scope)
    {
        switch (await authorizer.AuthorizeAsync(http.Request.Headers.Authorization, scope, http.RequestAborted))
        {
            case Caller caller:
                http.Features.Set(caller);
                return null;
            case Refusal refusal:
                return Problem.PermissionDenied(refusal.Code, refusal.Detail);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>
    /// Routing ignores case and a trailing slash; the API does not. Its root and the pages have both spellings, and redirect from the one
    /// to the other.
    /// </summary>
    private static bool MatchesExactly(RoutePattern pattern, ReadOnlySpan<char> path)
    {
        if (pattern.PathSegments is [{ Parts: [RoutePatternParameterPart { IsCatchAll: true }] }])
        {
            return true;
        }
        foreach (var segment in pattern.PathSegments)
        {
            if (path is not ['/', .. var rest])
            {
                return false;
            }
            var end = rest.IndexOf('/');
            var text = end < 0 ? rest : rest[..end];
            var matches = segment.Parts is [RoutePatternLiteralPart literal] ? text.SequenceEqual(literal.Content) : !text.IsEmpty;
            if (!matches)
            {
                return false;
            }
            path = end < 0 ? [] : rest[end..];
        }
        return path.IsEmpty || (path is "/" && Routes.EndsInSlash(pattern.RawText));
    }
}

/// <summary>Metadata of an endpoint, for <see cref="RequestGate"/>.</summary>
/// <param name="Allow">The methods of the path, as the header Allow lists them.</param>
/// <param name="Operation">Null when the path has no operation for the method.</param>
internal sealed record ApiRoute(string Allow, Operation? Operation)
{
    /// <summary>Version of the standard, in the header API-version of every response.</summary>
    public const string Version = "1.0.0";

    /// <summary>Whether the operation is none of the API, such as the health of the program: the rules of the API are not for it.</summary>
    public bool IsOutsideApi => Operation is { IsOfApi: false };

    /// <summary>
    /// Whether the operation has exactly this method. Routing ignores its case, HTTP does not (RFC 9110, 9.1): to Kestrel, <c>head</c> is
    /// a method whose answer has a body.
    /// </summary>
    public bool Has(string method) => Operation is { Methods: var methods } && (methods.Count == 0 || methods.Contains(method));
}
