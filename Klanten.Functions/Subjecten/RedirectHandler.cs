using System.Net;

namespace Klanten.Functions.Subjecten;

/// <summary>Follows redirects as separate requests, so that each target is checked like the first.</summary>
internal sealed class RedirectHandler : DelegatingHandler
{
    private const int MaxRedirects = 5;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        for (var redirects = 0; redirects < MaxRedirects && Target(response, request.RequestUri!) is { } target; redirects++)
        {
            response.Dispose();
            request = new(HttpMethod.Get, target);
            response = await base.SendAsync(request, cancellationToken);
        }
        return response;
    }

    /// <summary>The URL that the response redirects to; null when it is not a redirect to http or https.</summary>
    private static Uri? Target(HttpResponseMessage response, Uri from)
    {
        if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
        {
            return null;
        }
        return Uri.TryCreate(from, location, out var target) && target.Scheme is "http" or "https" ? target : null;
    }

    private static bool IsRedirect(HttpStatusCode status) => status
        is HttpStatusCode.MovedPermanently
        or HttpStatusCode.Found
        or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect
        or HttpStatusCode.PermanentRedirect;
}
