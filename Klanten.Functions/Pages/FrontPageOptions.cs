namespace Klanten.Functions.Pages;

/// <summary>Section <c>Klanten:Voorpagina</c>.</summary>
public sealed class FrontPageOptions
{
    /// <summary>
    /// Whether the front page shows counts and health too; null is on a developer's machine only (Development). It is public, and needs
    /// no token.
    /// </summary>
    public bool? Volledig { get; set; }
}
