using Klanten.Core.Model;
using Klanten.Functions.Http;
using Klanten.Functions.Telemetry;

namespace Klanten.Functions.Autorisaties;

/// <summary>Who does the request, or why it is refused.</summary>
internal sealed record Access(Principal? Principal, Applicatie? Applicatie, Problem? Refusal)
{
    public static Access Refused(TokenRefusal refusal) => new(null, null, Problem.PermissionDenied(refusal.Code, refusal.Detail));

    /// <summary>The request for the audit trail.</summary>
    public AuditContext ToAuditContext(string toelichting, string logrecordId) => new()
    {
        ApplicatieId = Applicatie!.Uuid,
        ApplicatieWeergave = Applicatie.Label,
        GebruikersId = Principal!.GebruikersId,
        GebruikersWeergave = Principal.GebruikersWeergave,
        Toelichting = toelichting,
        LogrecordId = logrecordId,
    };
}

/// <summary>Decides whether a request may be done. Refuses unless there is a reason not to.</summary>
internal sealed class Authorizer(TokenChecker tokens, ApplicationDirectory applicaties, KlantenMetrics metrics)
{
    /// <param name="authorization">The header as it came.</param>
    /// <param name="scope">What the operation asks for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Access> AuthorizeAsync(string? authorization, string scope, CancellationToken cancellationToken)
    {
        var (principal, refusal) = await tokens.CheckAsync(authorization);
        if (principal is null)
        {
            metrics.TokenRejected(refusal!.Code);
            return Access.Refused(refusal);
        }
        var answer = await applicaties.FindAsync(principal.ClientId, cancellationToken);
        if (answer.Applicatie is { } applicatie && applicatie.May(scope)) return new(principal, applicatie, null);
        return new(principal, null, answer.Answered ? Problem.PermissionDenied() : Problem.PermissionDenied(detail: "De Autorisaties API is nu niet bereikbaar. Probeer het later opnieuw."));
    }
}
