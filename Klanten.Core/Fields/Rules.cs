using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Klanten.Core.Fields;

/// <summary>Checks a trimmed text that is not empty. Null means that the text is in order.</summary>
/// <returns>The code and the Dutch reason of the error.</returns>
public delegate (string Code, string Reason)? Rule(string text);

/// <summary>The rules for texts beside a maximum length.</summary>
public static partial class Rules
{
    private static readonly (string, string) NotAUrl = ("invalid", "Dit is geen geldige URL.");
    private static readonly (string, string) NotAnEmail = ("invalid", "Dit is geen geldig e-mailadres.");

    /// <summary>
    /// The longest text, in UTF-16 units, that is matched with a pattern. Every field with such a rule has a lower maximum
    /// length, so a longer text is refused for its length.
    /// </summary>
    private const int MaxInputLength = 8192;

    /// <summary>Milliseconds by the clock, so it leaves room for a busy machine that lets a thread stand still for a while.</summary>
    private const int MatchTimeout = 2000;

    /// <summary>
    /// RSIN and BSN: nine digits whose weighted sum 9·d1 + 8·d2 + … + 2·d8 − d9 is divisible by 11. Only the first check
    /// that fails is reported, as in the reference.
    /// </summary>
    public static (string Code, string Reason)? Elfproef(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0) return ("only-digits", "Alleen cijfers zijn toegestaan.");
        if (text.Length != 9) return ("invalid-length", "Dit nummer moet uit 9 cijfers bestaan.");
        var sum = -(text[8] - '0');
        for (var i = 0; i < 8; i++) sum += (9 - i) * (text[i] - '0');
        return sum % 11 == 0 ? null : ("invalid", "Dit nummer voldoet niet aan de elfproef.");
    }

    /// <summary>An RSIN, or a KvK number: eight digits, which have no check digit.</summary>
    public static (string Code, string Reason)? RsinOrKvkNummer(string text) =>
        text.Length == 8 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 ? null : Elfproef(text);

    /// <summary>A-nummer: ten digits, the first of which is not zero.</summary>
    public static (string Code, string Reason)? ANummer(string text) =>
        text.Length == 10 && text[0] is >= '1' and <= '9' && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
            ? null
            : ("a-nummer-incorrect-format", "Een A-nummer bestaat uit 10 cijfers en begint niet met een 0.");

    /// <summary>
    /// An absolute URL with scheme http, https, ftp or ftps and a host that is an IP address, <c>localhost</c> or a name
    /// with a top-level domain. It accepts the same texts as URLValidator of Django 2.2, which the reference uses.
    /// </summary>
    public static (string Code, string Reason)? WebUrl(string text)
    {
        if (text.Length > MaxInputLength) return null;
        if (!Matches(Url(), text, out var match)) return NotAUrl;
        var host = match.Groups["authority"].Value;
        if (CodePoints(host) > 253) return NotAUrl;
        var ipv6 = match.Groups["ipv6"];
        return ipv6.Success && !IsIpv6(ipv6.ValueSpan) ? NotAUrl : null;
    }

    /// <summary>An e-mail address. It accepts the same texts as EmailValidator of Django 2.2, which the reference uses.</summary>
    public static (string Code, string Reason)? Email(string text)
    {
        if (text.Length > MaxInputLength) return null;
        var at = text.LastIndexOf('@');
        if (at < 0 || !Matches(EmailUser(), text[..at], out _)) return NotAnEmail;
        var domain = text[(at + 1)..];
        if (domain == "localhost" || IsDomain(domain)) return null;
        try
        {
            return IsDomain(Idn.GetAscii(domain)) ? null : NotAnEmail;
        }
        catch (ArgumentException)
        {
            return NotAnEmail;
        }
    }

    private static readonly SearchValues<char> Ipv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    private static bool IsDomain(string domain)
    {
        if (Matches(EmailDomain(), domain, out _)) return true;
        if (domain is not ['[', .. var address, ']']) return false;
        return IsIpv4(address) || IsIpv6(address);
    }

    private static bool IsIpv4(string text) => Matches(Ipv4(), text, out _);

    private static bool IsIpv6(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExcept(Ipv6Characters) < 0
        && IPAddress.TryParse(text, out var address)
        && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static int CodePoints(string text) => text.EnumerateRunes().Count();

    /// <summary>A text that takes a pattern longer than its timeout counts as no match.</summary>
    private static bool Matches(Regex pattern, string text, out Match match)
    {
        try
        {
            match = pattern.Match(text);
            return match.Success;
        }
        catch (RegexMatchTimeoutException)
        {
            match = Match.Empty;
            return false;
        }
    }

    private const string Letter = @"a-zA-Z\u00a1-\uffff";

    [GeneratedRegex(
        @"\A(?:[hH][tT][tT][pP][sS]?|[fF][tT][pP][sS]?)://" +
        @"(?<authority>(?:[^\s:@/]+(?::[^\s:@/]*)?@)?" +
        @"(?:(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])(?:\.(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])){3}" +
        @"|\[(?<ipv6>[0-9a-fA-F:.]+)\]" +
        @"|[" + Letter + @"0-9](?:[" + Letter + @"0-9-]{0,61}[" + Letter + @"0-9])?(?:\.(?!-)[" + Letter + @"0-9-]{1,63}(?<!-))*" +
        @"\.(?!-)(?:[" + Letter + @"-]{2,63}|[xX][nN]--[a-zA-Z0-9]{1,59})(?<!-)\.?" +
        @"|[lL][oO][cC][aA][lL][hH][oO][sS][tT])" +
        @"(?::[0-9]{2,5})?)" +
        @"(?:[/?#]\S*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Url();

    [GeneratedRegex(
        @"\A(?:[-!#$%&'*+/=?^_`{}|~0-9a-zA-Z]+(?:\.[-!#$%&'*+/=?^_`{}|~0-9a-zA-Z]+)*" +
        @"|""(?:[\x01-\x08\x0b\x0c\x0e-\x1f!#-\[\]-\x7f]|\\[\x01-\x09\x0b\x0c\x0e-\x7f])*"")\z",
        RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex EmailUser();

    [GeneratedRegex(
        @"\A(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z0-9-]{2,63}(?<!-)\z",
        RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex EmailDomain();

    [GeneratedRegex(
        @"\A(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])(?:\.(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])){3}\z",
        RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex Ipv4();
}
