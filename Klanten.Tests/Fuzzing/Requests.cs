using System.Net;
using System.Text;
using Klanten.Tests.OpenApi;
using Klanten.Tests.Support;

namespace Klanten.Tests.Fuzzing;

/// <summary>
/// Draws requests to the operations of the OpenAPI document. About half are as a consumer sends them. In the others one part is wrong or
/// odd, sometimes two: the method, the path, the query, a header, the token, the body, its charset or its framing.
/// </summary>
internal sealed class Requests(Chance chance, KlantBodies bodies, Register register, string authority)
{
    private static readonly string[] Filters =
    [
        .. Tree.OpenApiFile()["paths"]!["/klanten"]!["get"]!["parameters"]!.AsArray()
            .Where(parameter => parameter!["in"]?.ToString() == "query").Select(parameter => parameter!["name"]!.ToString()),
    ];

    private readonly Tokens tokens = new(chance);
    private readonly Framing framing = new(chance);

    /// <summary>Parts of a request that can be wrong.</summary>
    private enum Part
    {
        Method,
        Path,
        Query,
        Headers,
        Host,
        Token,
        Body,
        Charset,
        Framing,
    }

    /// <summary>A request in which some parts, none in half of them, are wrong or odd.</summary>
    public WireRequest Next()
    {
        var wrong = new HashSet<Part>();
        var parts = chance.Weighted((10, 0), (7, 1), (2, 2), (1, 3));
        while (wrong.Count < parts) wrong.Add(chance.Pick(Enum.GetValues<Part>()));
        var operation = chance.Weighted(
            (25, "klant_create"), (18, "klant_read"), (12, "klant_update"), (18, "klant_partial_update"), (3, "klant_delete"),
            (12, "klant_list"), (5, "audittrail_list"), (4, "audittrail_read"), (2, "other"));
        return Of(operation, wrong);
    }

    /// <summary>A request with a token and nothing odd.</summary>
    public WireRequest Plain(string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        var body = json is null ? null : Encoding.UTF8.GetBytes(json);
        return framing.Of(method, $"/api/v1{path}", Host(), [("Authorization", Tokens.Valid), .. headers], body);
    }

    private WireRequest Of(string operation, HashSet<Part> wrong)
    {
        var klant = register.Any(chance);
        var (method, path) = operation switch
        {
            "klant_create" => ("POST", "/klanten"),
            "klant_list" => (chance.Pick("GET", "GET", "GET", "HEAD"), "/klanten"),
            "klant_read" => (chance.Pick("GET", "GET", "GET", "HEAD"), Klant(klant)),
            "klant_update" => ("PUT", Klant(klant)),
            "klant_partial_update" => ("PATCH", Klant(klant)),
            "klant_delete" => ("DELETE", Klant(klant)),
            "audittrail_list" => ("GET", $"{Klant(klant)}/audittrail"),
            "audittrail_read" => ("GET", $"{Klant(klant)}/audittrail/{klant?.AuditEntry ?? Guid.NewGuid().ToString()}"),
            _ => ("GET", chance.Pick("/schema/openapi.yaml", "/schema/openapi.json", "", "/", "/klant", "/klanten/", "/klanten/x/y/z")),
        };
        var target = $"/api/v1{path}";
        // A klant that is deleted by a path of another form would be missing in the register.
        if (wrong.Contains(Part.Path) && operation != "klant_delete") target = OddPath(target);
        if (wrong.Contains(Part.Method)) method = chance.Pick(OddParts.Methods);
        if (operation is "klant_list" || wrong.Contains(Part.Query)) target += Query(wrong.Contains(Part.Query));
        var headers = new List<(string Name, string Value)>();
        var json = method switch
        {
            "POST" or "PUT" => bodies.Klant(wrong.Contains(Part.Body)),
            "PATCH" => bodies.Change(wrong.Contains(Part.Body)),
            _ => wrong.Contains(Part.Body) ? bodies.Change(odd: true) : null,
        };
        if (method == "PUT" && klant is not null && chance.OneIn(3)) json = klant.Json;
        var body = json is null ? null : Encode(json, wrong.Contains(Part.Charset), headers);
        if (wrong.Contains(Part.Token))
        {
            if (tokens.Other() is { } authorization) headers.Add(("Authorization", authorization));
        }
        else
        {
            headers.Add(("Authorization", Tokens.Valid));
        }
        if (chance.OneIn(4) && klant is not null && path.Contains(klant.Uuid, StringComparison.Ordinal)) headers.Add(Condition(klant));
        if (wrong.Contains(Part.Headers)) AddOddHeaders(headers);
        var host = wrong.Contains(Part.Host) ? chance.Pick(OddParts.Hosts) : Host();
        var isKnown = operation != "other" && !wrong.Contains(Part.Path) && !wrong.Contains(Part.Method);
        var request = wrong.Contains(Part.Framing)
            ? framing.Odd(method, target, host, headers, body ?? [])
            : framing.Of(method, target, host, headers, body);
        return request with
        {
            Operation = isKnown ? operation : null,
            IsPlain = wrong.Count == 0,
            HasOddFraming = wrong.Contains(Part.Framing) || wrong.Contains(Part.Host),
        };
    }

    /// <summary>Mostly a klant of the register, sometimes one that never was.</summary>
    private string Klant(KnownKlant? klant) => $"/klanten/{(klant is null || chance.OneIn(20) ? Guid.NewGuid().ToString() : klant.Uuid)}";

    /// <summary>The same path in another form, or another path that looks like it.</summary>
    private string OddPath(string path)
    {
        var at = chance.Between(1, path.Length);
        var last = path.LastIndexOf('/') + 1;
        return chance.Below(12) switch
        {
            0 => path[..last] + path[last..].ToUpperInvariant(),
            1 => path[..last] + path[last..].Replace("-", "", StringComparison.Ordinal),
            2 => path[..last] + chance.Pick(OddParts.BeforeUuid) + path[last..],
            3 => path + chance.Pick(OddParts.AfterPath),
            4 => path.Insert(at, chance.Pick(OddParts.WithinPath)),
            5 => path.Replace("/v1/", chance.Pick(OddParts.Versions), StringComparison.Ordinal),
            6 => path[..at],
            7 => "/" + new string('a', chance.Pick(1000, 7000, 9000, 40_000)),
            8 => path.Replace("klanten", chance.Pick(OddParts.Resources), StringComparison.Ordinal),
            9 => $"http://{authority}{path}",
            10 => chance.Pick(OddParts.Paths),
            _ => path[..last] + Guid.NewGuid().ToString("N")[..chance.Between(1, 31)],
        };
    }

    private string Query(bool odd)
    {
        var parameters = Enumerable.Range(0, chance.Pick(0, 0, 1, 1, 2, 3)).Select(_ =>
        {
            var filter = chance.Pick(Filters);
            return $"{filter}={WebUtility.UrlEncode(bodies.FilterValue(filter))}";
        }).ToList();
        if (odd) parameters.Add(chance.Pick(OddParts.Parameters));
        return parameters.Count == 0 ? "" : $"?{string.Join('&', parameters)}";
    }

    private (string Name, string Value) Condition(KnownKlant klant)
    {
        var tag = klant.ETag ?? "\"0\"";
        var value = chance.Pick(
            tag, tag, $"W/{tag}", "*", "\"0\"", $"\"a\", {tag}", "", "\"", "W/", "x", tag[..^1], $"{tag},,{tag}", $"{tag[..^1]}-gzip\"",
            string.Join(", ", Enumerable.Repeat("\"x\"", 1000)));
        return (chance.Pick("If-None-Match", "If-None-Match", "If-Match"), value);
    }

    private void AddOddHeaders(List<(string Name, string Value)> headers)
    {
        for (var count = chance.Between(1, 3); count > 0; count--) headers.Add(chance.Pick(OddParts.Headers));
        if (chance.OneIn(10)) headers.AddRange(Enumerable.Range(0, chance.Pick(50, 120)).Select(i => ($"X-{i}", new string('v', 20))));
    }

    private string Host() => $"Host: {authority}\r\n";

    /// <summary>The bytes of a body, and the header that says how it is encoded, which may be wrong.</summary>
    private byte[] Encode(string json, bool odd, List<(string Name, string Value)> headers)
    {
        if (!odd)
        {
            headers.Add(("Content-Type", chance.Pick("application/json", "application/json; charset=utf-8", "Application/JSON")));
            return Encoding.UTF8.GetBytes(json);
        }
        var encoding = chance.Pick<Encoding>(
            Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.Latin1, Encoding.UTF32, Encoding.ASCII);
        var type = chance.OneIn(2) ? $"application/json; charset={encoding.WebName}" : chance.Pick(OddParts.ContentTypes);
        if (!chance.OneIn(8)) headers.Add(("Content-Type", type));
        byte[] mark = chance.OneIn(2) ? encoding.GetPreamble() : [];
        byte[] bytes = [.. mark, .. encoding.GetBytes(json)];
        if (chance.OneIn(6) && bytes.Length > 0) bytes[chance.Below(bytes.Length)] = (byte)chance.Pick(0x00, 0x80, 0xC0, 0xED, 0xFF);
        return bytes;
    }
}
