using Klanten.Core.Model;

namespace Klanten.Functions.Autorisaties;

/// <summary>Result of authorising a request: its <see cref="Caller"/>, or a <see cref="Refusal"/>.</summary>
internal abstract record Authorization;

/// <summary>The application that makes a request, and the user that its token names.</summary>
internal sealed record Caller(Principal Principal, Applicatie Applicatie) : Authorization
{
    /// <summary>The caller's part and the reason of a write, for the audit trail.</summary>
    public AuditContext ToAuditContext(string toelichting, string logrecordId) => new()
    {
        ApplicatieId = Applicatie.Uuid,
        ApplicatieWeergave = Applicatie.Label,
        GebruikersId = Principal.GebruikersId,
        GebruikersWeergave = Principal.GebruikersWeergave,
        Toelichting = toelichting,
        LogrecordId = logrecordId,
    };
}

/// <summary>Why a request is refused (403).</summary>
/// <param name="Code">The reference's code; one of our own where the reference crashes.</param>
/// <param name="Detail">Text for the consumer.</param>
internal sealed record Refusal(string Code, string Detail) : Authorization
{
    public static readonly Refusal NoToken = new("permission_denied", "Stuur een token mee: 'Authorization: Bearer <token>'.");
    public static readonly Refusal Unreadable = new("jwt-decode-error", "Het token is geen leesbaar JWT.");
    public static readonly Refusal NoClient = new("missing-client-identifier", "Het token heeft geen claim 'client_id'.");
    public static readonly Refusal UnknownClient = new("invalid-client-identifier", "De client_id van het token is hier niet bekend.");
    public static readonly Refusal Algorithm = new("jwt-invalid-algorithm", "Het token moet met HS256 ondertekend zijn.");
    public static readonly Refusal Signature = new("invalid-jwt-signature", "De handtekening van het token klopt niet.");
    public static readonly Refusal Expired = new("jwt-expired", "Het token is verlopen.");
    public static readonly Refusal NotYetValid = new("jwt-not-yet-valid", "Het token is nog niet geldig.");
    public static readonly Refusal Timeless = new("jwt-missing-time", "Het token heeft geen claim 'exp' en geen claim 'iat'.");
    public static readonly Refusal Critical = new("jwt-unsupported-crit", "Het token eist met 'crit' wat deze API niet kent.");
    public static readonly Refusal MissingScope = new("permission_denied", "Voor deze handeling is geen toestemming gegeven.");
    public static readonly Refusal AutorisatiesUnavailable =
        new("permission_denied", "De Autorisaties API is nu niet bereikbaar. Probeer het later opnieuw.");
}
