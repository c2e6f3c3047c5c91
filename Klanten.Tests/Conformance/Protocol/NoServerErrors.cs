using System.Text;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>
/// Whatever is sent, the answer is the consumer's to understand: never a server error, and every refusal in the standard's
/// form. The requests are drawn by chance, from a seed, so that a failure can be repeated.
/// </summary>
public abstract class NoServerErrors(KlantenApi api) : Chapter(api)
{
    private const int RequestsPerSeed = 40;

    private static readonly string[] Methods =
    [
        "GET", "GET", "GET", "HEAD", "POST", "POST", "POST", "PUT", "PUT", "PATCH", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO",
        "M-SEARCH",
    ];

    private static readonly string[] Segments =
        [
            "api", "v1", "klanten", "KLANT", "audittrail", "REGEL", "", "..x", "%2e%2e", "%2F", "%C3%28", "%F0%9F%98%80", "klanten.json",
            "*", "~", "a;b=c", "null", "-1", "%7B%7D", "urn:uuid:KLANT",
        ];

    private static readonly string[] Names =
        [
            "bronorganisatie", "klantnummer", "achternaam", "emailadres", "adres__postcode", "subject", "subjectType",
            "subjectNatuurlijkPersoon__inpBsn", "page", "", "foo", "%00", "%FF", "a%5B%5D", "page%00",
        ];

    private static readonly string[] Values =
        [
            "", "x", "RSIN", "1", "last", "%00", "%FF%FE", "%", "%zz", "%ED%A0%80", "+", "-1", "99999999999999999999", "http://example.com",
            "ftp://x", "'", "\"", "%22%7D", "%F0%9F%98%80", "*", "%25", "vestiging", "NaN",
        ];

    private static readonly string[] Texts =
    [
        "null", "true", "\"\"", "\"x\"", "\" \"", "\"\\u0000\"", "\"\\ud83d\"", "\"\\ude00x\"", "\"😀\"",
        "\"\\u202e\"", "[]", "[[]]", "{}", "{\"\":{}}",
        "[null]", "0", "-0", "-1", "1e400", "-1e-400", "1.5",
        "99999999999999999999999999", "\"http://x\"", "\"http://[\"", "\"http://[::1%25]\"", "\"a@b\"", "\"a@[\"", "\"\\\\\"",
        "\"'; DROP TABLE klant; --\"", "\"1e3\"", "\"٣\"", "\"_\"", "\"vestiging\"", "\"natuurlijk_persoon\"",
    ];

    private static readonly (string, string)[] Headers =
    [
        ("Accept", "*/*;q=x"), ("Accept", ";"), ("Accept", ",,"), ("Accept", "a/b"), ("Accept-Encoding", "gzip;q=a"),
        ("If-None-Match", "\""), ("If-None-Match", "W/"), ("If-None-Match", "*"), ("If-Match", "x"),
        ("Content-Type", "application/json; charset=utf-7"), ("Content-Type", "application/json; charset=x"),
        ("Content-Type", "application/json; charset="), ("Content-Type", "a"), ("Content-Type", "application/json;;;"),
        ("Content-Encoding", "gzip"), ("Range", "bytes=9-1"), ("X-Audit-Toelichting", "\xff\xfe"), ("X-Audit-Toelichting", "\xc3\xa9"),
        ("X-NLX-Logrecord-ID", "\xe2\x28"), ("Origin", "null"), ("Cookie", "="),
        ("X-Forwarded-Host", "a b"), ("Accept-Language", "x-;"), ("Date", "gisteren"), ("Authorization", "Bearer x.y.z"),
        ("Authorization", "\xff"), ("traceparent", "00-x"),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Any_request_gets_an_answer_that_is_not_our_fault(int seed)
    {
        var random = new Random(seed);
        var klant = await AKlant();
        var uuid = klant.Text("url").Split('/')[^1];
        var regel = (await AuditTrail(klant))[0]!.Text("uuid");

        for (var i = 0; i < RequestsPerSeed; i++)
        {
            var target = $"{Path(random)}{Query(random)}".Replace("KLANT", uuid, StringComparison.Ordinal)
                .Replace("REGEL", regel, StringComparison.Ordinal).Replace("RSIN", Rsin, StringComparison.Ordinal);
            var body = random.Next(4) == 0 ? null : Encoding.UTF8.GetBytes(Body(random));
            var answer = await RawHttp.SendAsync(Api.Root, Pick(random, Methods), target, body, SomeHeaders(random));
            Assert.True(
                answer.Status is >= 200 and < 500,
                $"seed {seed}, request {i}: {answer}\n{(body is null ? "" : Encoding.UTF8.GetString(body))}");
            if (IsOfSomeoneInFront(answer) || IsFrontPage(target, answer)) continue;
            if (answer.Status < 400 || answer.Method == "HEAD") answer.ShouldBe(answer.Status);
            else answer.ShouldBeProblem(answer.Status, answer.Body.Text("code"));
        }
    }

    /// <summary>Whether a host in front answered, and the program never saw the request.</summary>
    protected virtual bool IsOfSomeoneInFront(Answer answer) => false;

    /// <summary>The root of the program is for people. A server takes away the dots in a path (RFC 3986, 5.2.4).</summary>
    private bool IsFrontPage(string target, Answer answer) =>
        new Uri(Api.Root + target.Split('?')[0]).AbsolutePath == "/"
        && answer.Status == 200 && answer["Content-Type"] == "text/html; charset=utf-8";

    /// <summary>Mostly a path that exists.</summary>
    private static string Path(Random random) => random.Next(5) switch
    {
        0 => "/api/v1/klanten",
        1 or 2 => "/api/v1/klanten/KLANT",
        3 => random.Next(2) == 0 ? "/api/v1/klanten/KLANT/audittrail" : "/api/v1/klanten/KLANT/audittrail/REGEL",
        _ => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"/{Pick(random, Segments)}")),
    };

    private static string Query(Random random)
    {
        var parameters = Enumerable.Range(0, random.Next(4))
            .Select(_ => $"{Pick(random, Names)}{(random.Next(5) == 0 ? "" : "=")}{Pick(random, Values)}").ToArray();
        return parameters.Length == 0 ? "" : $"?{string.Join('&', parameters)}";
    }

    /// <summary>A complete klant with some of its values changed and some of its text lost.</summary>
    private string Body(Random random)
    {
        var body = Volledig(Pick(random, [NatuurlijkPersoonType, NietNatuurlijkPersoonType, VestigingType]), Rsin).Without("klantnummer");
        for (var changes = random.Next(4); changes > 0; changes--) Change(random, body);
        // Values that no JsonNode can hold come in as text.
        var text = Json.Write(body);
        while (text.IndexOf("\"WAARDE\"", StringComparison.Ordinal) is >= 0 and var at)
        {
            text = text[..at] + Pick(random, Texts) + text[(at + 8)..];
        }
        return random.Next(6) switch
        {
            0 => text[..random.Next(text.Length)],
            1 => text.Insert(random.Next(text.Length), Pick(random, ["\"", "\\", "{", "\0", "\u2028", ",", "é"])),
            2 => Pick(random, Texts),
            _ => text,
        };
    }

    private static void Change(Random random, JsonObject group)
    {
        var key = Pick(random, [.. group.Keys(), "onbekend"]);
        if (group[key] is JsonObject part && random.Next(3) > 0) Change(random, part);
        else if (random.Next(4) == 0) group.Remove(key);
        else group[key] = "WAARDE";
    }

    private static (string, string)[] SomeHeaders(Random random)
    {
        var chosen = Enumerable.Range(0, random.Next(3)).Select(_ => Pick(random, Headers)).DistinctBy(h => h.Item1).ToList();
        if (random.Next(10) > 0 && chosen.All(h => h.Item1 != "Authorization"))
        {
            chosen.Add(("Authorization", $"Bearer {Token.Of(Applications.Super)}"));
        }
        if (random.Next(8) > 0 && chosen.All(h => h.Item1 != "Content-Type")) chosen.Add(("Content-Type", "application/json"));
        return [.. chosen];
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
