using System.Text;

namespace Klanten.Bench.BadDays;

/// <summary>Bodies of requests.</summary>
internal static class Bodies
{
    /// <summary>A small klant, without a klantnummer: the program generates it.</summary>
    public const string Plain =
        """
        {"bronorganisatie":"517439943","websiteUrl":"http://example.com","voornaam":"Bench","achternaam":"Bench",
         "subjectType":"natuurlijk_persoon","subjectIdentificatie":{"inpBsn":"123456782"}}
        """;

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public static string WithSubject(string url) =>
        Plain.Replace("\"voornaam\"", $"\"subject\":\"{url}\",\"voornaam\"", StringComparison.Ordinal);

    /// <summary>A klant with this many handelsnamen, each of this many characters.</summary>
    public static string Handelsnamen(int items, int length)
    {
        var names = string.Join(',', Enumerable.Repeat($"\"{new string('\u00e9', length)}\"", items));
        return
            $$$"""
            {"bronorganisatie":"517439943","websiteUrl":"http://example.com","subjectType":"vestiging",
             "subjectIdentificatie":{"vestigingsNummer":"123456789012","handelsnaam":[{{{names}}}]}}
            """;
    }
}
