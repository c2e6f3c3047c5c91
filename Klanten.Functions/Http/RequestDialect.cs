using Klanten.Core.Model;
using Klanten.Functions.Autorisaties;
using Microsoft.AspNetCore.Http.Features;

namespace Klanten.Functions.Http;

/// <summary>How the caller of a request speaks about klanten.</summary>
internal static class RequestDialect
{
    /// <remarks>RequestGate sets the caller before it lets a request through to an operation.</remarks>
    public static Dialect Of(HttpRequest request) => request.HttpContext.Features.GetRequiredFeature<Caller>().Principal.Dialect;
}
