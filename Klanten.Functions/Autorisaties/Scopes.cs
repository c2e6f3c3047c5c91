namespace Klanten.Functions.Autorisaties;

/// <summary>The scopes of the Klanten API, as the Autorisaties API hands them out for component <c>kc</c>.</summary>
internal static class Scopes
{
    public const string KlantenLezen = "klanten.lezen";
    public const string KlantenAanmaken = "klanten.aanmaken";
    public const string KlantenBijwerken = "klanten.bijwerken";
    public const string KlantenVerwijderen = "klanten.verwijderen";
    public const string AuditTrailsLezen = "audittrails.lezen";
}
