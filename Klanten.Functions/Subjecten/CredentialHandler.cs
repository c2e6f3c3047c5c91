using Klanten.Functions.ExternalApis;

namespace Klanten.Functions.Subjecten;

/// <summary>
/// Sends our token to the hosts that have a credential, and to no other, also after a redirect. On the internet it sends the
/// token over https only: the consumer chooses the scheme of a subject's URL and could ask for plain http.
/// </summary>
internal sealed class CredentialHandler(SubjectOptions options, TimeProvider clock) : DelegatingHandler
{
    private readonly HashSet<string> allowed = options.ToegestaneHosts.ToHashSet(HostNames.Comparer);

    private readonly Dictionary<string, OutgoingToken> tokens =
        options.Credentials.ToDictionary(c => c.Host, c => new OutgoingToken(c.ClientId, c.Secret, clock), HostNames.Comparer);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!;
        var isSafe = url.Scheme == Uri.UriSchemeHttps || allowed.Contains(url.Host);
        if (isSafe && tokens.TryGetValue(url.Host, out var token))
        {
            request.Headers.Authorization = token.CreateHeader();
        }
        return base.SendAsync(request, cancellationToken);
    }
}
