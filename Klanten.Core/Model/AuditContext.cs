namespace Klanten.Core.Model;

/// <summary>The caller of a request and the reason given for it, as the audit trail records them. Absent values are <c>""</c>.</summary>
public sealed record AuditContext
{
    /// <summary>The uuid of the application, from the configuration or the Autorisaties API; at most 100 characters.</summary>
    public string ApplicatieId { get; init; } = "";

    /// <summary>The label of the application; at most 200 characters.</summary>
    public string ApplicatieWeergave { get; init; } = "";

    /// <summary>The claim user_id of the token.</summary>
    public string GebruikersId { get; init; } = "";

    /// <summary>The claim user_representation of the token.</summary>
    public string GebruikersWeergave { get; init; } = "";

    /// <summary>The header X-Audit-Toelichting.</summary>
    public string Toelichting { get; init; } = "";

    /// <summary>The header X-NLX-Logrecord-ID. It is stored, but no operation shows it.</summary>
    public string LogrecordId { get; init; } = "";
}
