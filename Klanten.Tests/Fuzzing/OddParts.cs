namespace Klanten.Tests.Fuzzing;

/// <summary>Parts of a request that are wrong, odd, or at the edge of what is allowed.</summary>
internal static class OddParts
{
    public static readonly string[] Methods =
        ["GET", "HEAD", "POST", "PUT", "PATCH", "OPTIONS", "TRACE", "CONNECT", "FOO", "M-SEARCH", "PROPFIND", "get", "head", new('A', 300)];

    public static readonly string[] BeforeUuid = ["urn:uuid:", "{", "%20", "%C2%A0", "%09", "%00", "+"];

    public static readonly string[] AfterPath =
        ["}", "%20", "%C2%A0", "%0A", "/", ".json", ";a=b", "//", "/.", "/..", "%2F", "#x", "%"];

    public static readonly string[] WithinPath =
    [
        "/", "//", "/../", "/./", "%2F", "%5C", "\\", "%00", "%FF", "%C3%28", "%", "%zz", "%F0%9F%98%80", "\xff",
    ];

    public static readonly string[] Versions = ["/v2/", "/V1/", "/", "/v1//", "/v1;x/", "/%761/"];

    public static readonly string[] Resources = ["KLANTEN", "klante%6E", "klanten.json", "klanten%20"];

    public static readonly string[] Paths =
        ["*", "//", "/..", "/%2e%2e/%2e%2e/etc/passwd", "/healthz/ready", "/healthz/live", "/favicon.ico"];

    public static readonly string[] Parameters =
    [
        "", "=", "&", "foo=bar", "%00=x", "page=%00", "klantnummer=%FF%FE", "achternaam=%", "page=1&page=last", "page=-1", "page=1e3",
        "subjectType=x", "subject=%5B", "bronorganisatie=%ED%A0%80", "achternaam=%00", "a%5B%5D=1", $"page={new string('9', 400)}",
        $"functie={new string('x', 300)}", $"functie={new string('x', 9000)}", string.Join('&', Enumerable.Repeat("functie=a", 500)),
        "klantnummer=*", "klantnummer='", "emailadres=%2520", "subject=ftp://x", "Page=2", "achternaam=\xff",
    ];

    public static readonly (string Name, string Value)[] Headers =
    [
        ("Accept", "text/html"), ("Accept", "*/*;q=x"), ("Accept", ";"), ("Accept", ""), ("Accept", "application/xml, */*;q=0"),
        ("Accept", "a/b"), ("Accept", new('a', 5000)), ("Accept", "application/*"), ("Accept-Encoding", "gzip"),
        ("Accept-Encoding", "gzip;q=a"), ("Accept-Language", "x-;"), ("Accept-Charset", "utf-7"), ("Content-Encoding", "gzip"),
        ("Content-Encoding", "identity"), ("Range", "bytes=0-1"), ("Range", "bytes=9-1"), ("If-Modified-Since", "gisteren"),
        ("If-Unmodified-Since", "Wed, 21 Oct 2015 07:28:00 GMT"), ("If-Range", "\"x\""), ("Expect", "100-continue"), ("Expect", "x"),
        ("X-Audit-Toelichting", "\xff\xfe"), ("X-Audit-Toelichting", "\xc3\xa9"), ("X-Audit-Toelichting", new('t', 5000)),
        ("X-NLX-Logrecord-ID", "\xe2\x28"), ("Origin", "null"), ("Origin", "http://x"), ("Access-Control-Request-Method", "PUT"),
        ("Cookie", "=;;"), ("Date", "x"), ("X-Forwarded-Host", "a b"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "x y"),
        ("Forwarded", "host=;"), ("X-HTTP-Method-Override", "DELETE"), ("traceparent", "00-x"), ("baggage", new('b', 9000)),
        ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), ("Upgrade", "h2c"), ("TE", "trailers"),
        ("Max-Forwards", "0"), ("Content-Language", "x"), ("Connection", "close"), ("Connection", "x"), ("Connection", "Upgrade"),
        ("Keep-Alive", "x"), ($"X-{new string('y', 200)}", "z"),
    ];

    public static readonly string[] ContentTypes =
    [
        "application/json", "application/json; charset=utf-16", "application/json; charset=utf-7", "application/json; charset=x",
        "application/json; charset=", "application/json;;;", "application/*", "*/*", "a", "text/plain", "application/merge-patch+json", "",
        "application/json, text/plain", "application/json; charset=utf-8; charset=utf-16", "application/json; charset=ibm037",
        "application/problem+json",
    ];

    /// <summary>Lines Host, none or several at once.</summary>
    public static readonly string[] Hosts =
    [
        "", "Host: evil.example\r\n", "Host: \r\n", "Host: a b\r\n", "Host: [::1\r\n", "Host: x:99999\r\n", "Host: x:y\r\n",
        "Host: a/b\r\n", "Host: \xff\r\n", "Host: a\r\nHost: a\r\n", "Host: user@x\r\n", "Host: xn--\r\n",
        $"Host: {new string('h', 300)}\r\n",
    ];

    public static readonly string[] HttpVersions =
        ["HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "HTTP/1.9", "HTTP/1", "http/1.1", "HTTP/1.1 ", "FTP/1.1", ""];

    public static readonly string[] Lengths =
        ["-1", "+5", "0x5", "5, 5", "", " ", "99999999999999999999", "9223372036854775807", "1_0", "1.0", "0", "3"];

    public static readonly string[] Codings =
    [
        "gzip, chunked", "identity", "chunked, chunked", "xchunked", "chunked;q=1", "", "gzip", "Chunked", " chunked",
        "chunked\r\nTransfer-Encoding: chunked",
    ];

    public static readonly string[] ChunkSizes =
    [
        "FFFFFFFFFFFFFFFF", "7FFFFFFFFFFFFFFF", "10000000000000000", "80000000", "7FFFFFFF", "100000000", "-1", "0x10", "", "g", " 5", "5 ",
        "5;a=b", $"5;{new string('x', 9000)}", "00000000000000000005", "5\n",
    ];

    public static readonly string[] Lines =
    [
        " folded\r\n", "\tfolded\r\n", "A : b\r\n", ": b\r\n", "A\r\n", "A: b\0c\r\n", "A: b\nC: d\r\n", "A: b\rC: d\r\n", "\x7f: a\r\n",
        "Content-Length : 5\r\n",
    ];

    /// <summary>Values of JSON that are none of what a field of the standard is, or at the edge of it.</summary>
    public static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "-1", "1.0", "1.5", "1e400", "-1e-400", "1E+2", "99999", "100000", "99999999999999999999999999",
        "[]", "{}", "[null]", "[[[[]]]]", "{\"\":{}}", "[\"\"]", "[1,2,3]", "\"\"", "\" \"", "\"\\u0000\"", "\"x\\u0000y\"", "\"\\ud83d\"",
        "\"\\ude00x\"", "\"\\u202e\"", "\"\\u00a0\\u2003\"", "\"\\ufeff\"", "\"null\"", "\"12\"", "\" 5 \"", "\"1e3\"", "\"1_000\"",
        "\"+5\"", "\"-0\"", "\"٣\"", "\"_\"", "\"'; DROP TABLE klant; --\"", "\"a@b\"", "\"a@[\"", "\"\\\\\"", "\"\\/\"", "\"vestiging\"",
        "\"NATUURLIJK_PERSOON\"", "\"http://[\"", "\"http://[::1%25]\"", "\"javascript:alert(1)\"", "\"ftp://\"", "\"//\"", "\"http://\"",
        "\"2024-02-30\"", "\"2024-01-01T00:00:00.0000000Z\"", "\"000000000\"", "\"123456789\"", "\"12345678\"", "517439943",
    ];

    /// <summary>Values of a claim.</summary>
    public static readonly string[] Claims =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "1e18", "99999999999999999999", "\"\"", "\"x\"", "[]", "[\"alles\"]", "{}",
        "\"\\u0000\"", "\"\\ud83d\"", "\"2024-01-01T00:00:00.0000000Z\"", "\"253402300800\"", "253402300800", "-62135596801", "\"ALLES\"",
        "\" alles\"",
    ];

    public static readonly string[] Payloads =
    [
        "{}", "[]", "null", "", "{\"client_id\":\"alles\"", "1", "\"alles\"", "{\"client_id\":\"alles\",\"client_id\":1}",
    ];

    public static readonly string[] TokenParts =
    [
        "", "e30", "a", "ab", "abc", "abcd", "W10", "bnVsbA", "eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJub25lIn0", "eyJlbmMiOiJBMTI4R0NNIn0",
        "====", "-_", "+/", "%41",
    ];
}
