using Klanten.Core.Model;
using Klanten.Core.UseCases;

namespace Klanten.Functions.Http;

/// <summary>The header If-Match of a request that changes or removes a klant (RFC 9110, 13.1.1).</summary>
internal static class IfMatch
{
    /// <summary>Null when the request has no such header.</summary>
    /// <param name="request">The request.</param>
    /// <param name="url">The public address of the klanten in this request: the ETag of a klant depends on it.</param>
    public static Precondition? Read(HttpRequest request, KlantUrl url)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return null;
        }
        var dialect = RequestDialect.Of(request);
        return klant =>
        {
            using var representation = Representation.Klant(klant.Id, klant.Json, url, dialect);
            return EntityTag.MatchesStrongly(header, EntityTag.Compute(representation.Written.Span));
        };
    }
}
