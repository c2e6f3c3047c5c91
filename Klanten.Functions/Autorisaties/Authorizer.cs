using Klanten.Functions.Telemetry;

namespace Klanten.Functions.Autorisaties;

/// <summary>Decides whether a request is allowed: a valid token, of an application that has the scope of the operation.</summary>
internal sealed class Authorizer(TokenChecker tokens, ApplicationDirectory applications, KlantenMetrics metrics)
{
    /// <param name="authorization">The header Authorization; null when the request has none.</param>
    /// <param name="scope">The scope that the operation requires.</param>
    /// <param name="cancellationToken">Cancels waiting for the Autorisaties API.</param>
    public async ValueTask<Authorization> AuthorizeAsync(string? authorization, string scope, CancellationToken cancellationToken)
    {
        var (principal, refusal) = await tokens.CheckAsync(authorization);
        if (principal is null)
        {
            metrics.TokenRejected(refusal!.Code);
            return refusal;
        }
        var lookup = await applications.FindAsync(principal.ClientId, cancellationToken);
        if (lookup.Applicatie is { } applicatie && applicatie.Allows(scope))
        {
            return new Caller(principal, applicatie);
        }
        return lookup.Answered ? Refusal.MissingScope : Refusal.AutorisatiesUnavailable;
    }
}
