using Klanten.Functions.ExternalApis;

namespace Klanten.Functions.Subjecten;

/// <summary>
/// Sends our token to the host and port that have a credential, and to no other, also after a redirect: the consumer chooses the
/// URL of a subject, and another program may listen at another port. On the internet it sends the token over https only.
/// </summary>
internal sealed class CredentialHandler(SubjectOptions options, TimeProvider clock) : DelegatingHandler
{
    private readonly HashSet<string> allowed = options.ToegestaneHosts.ToHashSet(HostNames.Comparer);

    private readonly (SubjectHost Host, OutgoingToken Token)[] tokens =
        [.. options.Credentials.Select(c => (SubjectHost.Parse(c.Host)!.Value, new OutgoingToken(c.ClientId, c.Secret, clock)))];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!;
        var isSafe = url.Scheme == Uri.UriSchemeHttps || allowed.Contains(url.Host);
        if (isSafe && Array.Find(tokens, token => token.Host.IsOf(url)) is { Token: { } token })
        {
            request.Headers.Authorization = token.CreateHeader();
        }
        return base.SendAsync(request, cancellationToken);
    }
}
