namespace Klanten.Core.Model;

/// <summary>The uuid in a klant's URL (version 4, RFC 9562).</summary>
public readonly record struct KlantId(Guid Value)
{
    public static KlantId New() => new(Guid.NewGuid());

    /// <summary>
    /// Reads a uuid as the reference does: with or without dashes, in upper or lower case, with or without braces or
    /// <c>urn:uuid:</c>.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> tekst, out KlantId id)
    {
        const string Urn = "urn:uuid:";
        if (tekst.StartsWith(Urn, StringComparison.Ordinal)) tekst = tekst[Urn.Length..];
        if (tekst is ['{', .. var binnen, '}']) tekst = binnen;
        var gelezen = Guid.TryParseExact(tekst, "D", out var uuid) || Guid.TryParseExact(tekst, "N", out uuid);
        id = new(uuid);
        return gelezen;
    }

    public override string ToString() => Value.ToString("D");
}
