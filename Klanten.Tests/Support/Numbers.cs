namespace Klanten.Tests.Support;

/// <summary>Numbers that pass the elfproef, drawn by chance so that every test has its own corner of the store.</summary>
public static class Numbers
{
    /// <summary>An RSIN: nine digits with 9·d1 + 8·d2 + … + 2·d8 − d9 divisible by 11.</summary>
    public static string Rsin()
    {
        while (true)
        {
            var digits = Random.Shared.Next(100_000_000, 1_000_000_000).ToString("D9", System.Globalization.CultureInfo.InvariantCulture);
            var sum = -(digits[8] - '0');
            for (var i = 0; i < 8; i++) sum += (9 - i) * (digits[i] - '0');
            if (sum % 11 == 0) return digits;
        }
    }

    /// <summary>A BSN: the same rule.</summary>
    public static string Bsn() => Rsin();
}
