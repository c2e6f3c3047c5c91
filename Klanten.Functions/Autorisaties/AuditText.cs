namespace Klanten.Functions.Autorisaties;

/// <summary>Texts of others in the audit trail, within the lengths that the standard's schema AuditTrail gives them (ADR 25).</summary>
internal static class AuditText
{
    public const int MaxGebruiker = 255;
    public const int MaxApplicatieId = 100;
    public const int MaxApplicatieWeergave = 200;

    /// <summary>Ends a text that was cut.</summary>
    private const string Mark = "…";

    /// <summary>The text in at most this number of characters (code points); a longer one is cut and ends in a mark.</summary>
    public static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }
        var (characters, end, cut) = (0, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            characters++;
            end += rune.Utf16SequenceLength;
            if (characters < maxLength)
            {
                cut = end;
            }
            if (characters > maxLength)
            {
                return text[..cut] + Mark;
            }
        }
        return text;
    }
}
