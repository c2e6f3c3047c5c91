namespace Klanten.Core.Model;

/// <summary>Who does a request and why: what ends up in the audit trail.</summary>
public sealed record AuditContext
{
    /// <summary>uuid of the application, as configured or as the Autorisaties API knows it; at most 100 characters.</summary>
    public string ApplicatieId { get; init; } = "";

    /// <summary>Label of the application, at most 200 characters.</summary>
    public string ApplicatieWeergave { get; init; } = "";

    /// <summary>Claim user_id of the token.</summary>
    public string GebruikersId { get; init; } = "";

    /// <summary>Claim user_representation of the token.</summary>
    public string GebruikersWeergave { get; init; } = "";

    /// <summary>Header X-Audit-Toelichting.</summary>
    public string Toelichting { get; init; } = "";

    /// <summary>Header X-NLX-Logrecord-ID: kept, not shown.</summary>
    public string LogrecordId { get; init; } = "";
}
