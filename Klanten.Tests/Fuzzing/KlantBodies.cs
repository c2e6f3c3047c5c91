using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klanten.Tests.OpenApi;
using Klanten.Tests.Support;

namespace Klanten.Tests.Fuzzing;

/// <summary>
/// Bodies by the schemas of the OpenAPI document: a klant of any type with any of its fields, in which now and then a value is odd, is
/// of another type, is too long or too deep, or is there twice. They are text, because no JSON library can write all of this.
/// </summary>
internal sealed class KlantBodies(Chance chance, SubjectApi subjects)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ -'." +
        "0123456789éëïøßÅİıñ中文\u0301\u200b\u202e";

    private static readonly JsonNode Schemas = Tree.OpenApiFile()["components"]!["schemas"]!;

    private static readonly string[] Types = [Bodies.NatuurlijkPersoonType, Bodies.NietNatuurlijkPersoonType, Bodies.VestigingType];

    private int oddities;

    /// <summary>Bronorganisaties of the run: few, so that klanten meet in one.</summary>
    public string[] Bronorganisaties { get; } = [.. Enumerable.Range(0, 4).Select(_ => chance.Elfproef())];

    /// <summary>A whole klant, for POST and PUT.</summary>
    /// <param name="odd">Whether something may be wrong with it.</param>
    public string Klant(bool odd)
    {
        oddities = odd ? chance.Between(1, 3) : 0;
        var type = chance.Pick(Types);
        var klant = Group(Schemas["Klant"]!, optional: 2);
        klant.Add(("subjectType", OddValue() ?? $"\"{type}\""));
        klant.Add(("subjectIdentificatie", OddValue() ?? Write(Identificatie(type))));
        return Spoilt(Write(klant));
    }

    /// <summary>Some fields, for PATCH.</summary>
    /// <param name="odd">Whether something may be wrong with them.</param>
    public string Change(bool odd)
    {
        oddities = odd ? chance.Between(1, 3) : 0;
        var klant = Group(Schemas["Klant"]!, optional: 6, partial: true);
        if (odd && chance.OneIn(3)) klant.Add(("subjectType", OddValue() ?? $"\"{chance.Pick(Types)}\""));
        if (odd && chance.OneIn(3)) klant.Add(("subjectIdentificatie", OddValue() ?? Write(Identificatie(chance.Pick(Types)))));
        return Spoilt(Write(klant));
    }

    /// <summary>A value for a filter of the list, not yet encoded.</summary>
    public string FilterValue(string filter) => filter switch
    {
        "bronorganisatie" => chance.Pick(Bronorganisaties),
        "subjectType" => chance.Pick(Types),
        "subject" => subjects.Root + "/subject/200/x",
        "page" => chance.Pick("1", "2", "last", "0", "999999999999999999999"),
        _ when filter.EndsWith("inpBsn", StringComparison.Ordinal) => chance.Elfproef(),
        _ => chance.Text(Letters, chance.Between(0, 12)),
    };

    /// <summary>The key of a klant is the identification of its type: at least that is there.</summary>
    private List<(string Key, string Json)> Identificatie(string type)
    {
        var schema = type switch
        {
            Bodies.NatuurlijkPersoonType => "NatuurlijkPersoon",
            Bodies.NietNatuurlijkPersoonType => "NietNatuurlijkPersoon",
            _ => "Vestiging",
        };
        var group = Group(Schemas[schema]!, optional: 3);
        var key = Schemas[schema]!["properties"]!.AsObject().First();
        if (group.All(field => field.Key != key.Key)) group.Add((key.Key, Value(key.Key, key.Value!)));
        return group;
    }

    /// <param name="schema">A schema with properties.</param>
    /// <param name="optional">One in so many of the optional properties is left out; of a change, one in so many is there.</param>
    /// <param name="partial">Whether required properties may be left out.</param>
    private List<(string Key, string Json)> Group(JsonNode schema, int optional, bool partial = false)
    {
        var required = (schema["required"]?.AsArray() ?? []).Select(name => name!.ToString()).ToHashSet();
        var fields = new List<(string Key, string Json)>();
        foreach (var (name, property) in schema["properties"]!.AsObject())
        {
            if (name is "url" or "subjectType" || IsLeftOut(name)) continue;
            var isList = property!["type"]?.ToString() == "array";
            fields.Add((name, (isList ? OddList() : OddValue()) ?? Value(name, property)));
            if (oddities > 0 && chance.OneIn(60)) fields.Add((name, OddValue() ?? Value(name, property)));
        }
        if (oddities > 0 && chance.OneIn(20)) fields.Add((chance.Pick("", "onbekend", "__proto__", "website_url", "uuid", "\\u0000"), "1"));
        return fields;

        bool IsLeftOut(string name)
        {
            if (oddities > 0 && chance.OneIn(40)) return true;
            if (partial) return !chance.OneIn(optional);
            // A klantnummer that is left out is generated.
            return name == "klantnummer" ? !chance.OneIn(3) : !required.Contains(name) && chance.OneIn(optional);
        }
    }

    private string Value(string name, JsonNode schema)
    {
        if (schema["$ref"] is { } reference) return Write(Group(Schemas[reference.ToString().Split('/')[^1]]!, optional: 3));
        if (schema["enum"] is JsonArray choices) return $"\"{chance.Pick([.. choices])}\"";
        return schema["type"]!.ToString() switch
        {
            "integer" => chance.Between(0, 99_999).ToString(CultureInfo.InvariantCulture),
            "array" => $"[{string.Join(',', Enumerable.Range(0, chance.Below(5)).Select(_ => Value("", schema["items"]!)))}]",
            _ => Text(Content(name, schema)),
        };
    }

    private string Content(string name, JsonNode schema)
    {
        var max = (int)schema["maxLength"]!;
        return name switch
        {
            "bronorganisatie" => chance.Pick(Bronorganisaties),
            "inpBsn" or "innNnpId" => chance.Elfproef(),
            "inpANummer" => $"{chance.Between(1, 9)}{chance.Text("0123456789", 9)}",
            "websiteUrl" => chance.Pick("http://example.com", "https://example.com/é?a=b#c", "http://[::1]/", "ftp://localhost:21/x"),
            "emailadres" => chance.Pick("", "a@example.com", "A'b@EXAMPLE.NL", "x@localhost"),
            "subject" => chance.OneIn(8) ? subjects.Found() : "",
            _ => Words(schema["minLength"] is null ? 0 : 1, Math.Min(max, chance.OneIn(20) ? max : 12)),
        };
    }

    /// <summary>A text that does not begin with a space, so that it is not empty once trimmed.</summary>
    private string Words(int min, int max)
    {
        var length = chance.Between(min, max);
        return length == 0 ? "" : chance.Text("abcxyzABCXYZ0123456789", 1) + chance.Text(Letters, length - 1);
    }

    /// <summary>An odd value, as long as this body is to have one more; else null.</summary>
    private string? OddValue()
    {
        if (oddities == 0 || !chance.OneIn(12)) return null;
        oddities--;
        return chance.Weighted<Func<string>>(
            (60, () => chance.Pick(OddParts.Values)),
            (15, () => Text(chance.Text(Letters, chance.Pick(9, 21, 101, 201, 255, 501, 1001, 5000)))),
            (1, () => Text(new string('x', chance.Pick(100_000, 1_000_000)))),
            (6, () => Nested(chance.Pick(8, 29, 30, 31, 32, 33, 64, 1000, 100_000))),
            (6, Many),
            (6, () => $"\"{string.Concat(Enumerable.Range(0, 30).Select(_ => $"\\u{chance.Below(0x10000):x4}"))}\""),
            (6, () => chance.Text("0123456789", chance.Pick(10, 100, 1001, 20_000))))();
    }

    /// <summary>A list of very many items, or another odd value: a list is the only field of the standard without a length.</summary>
    private string? OddList()
    {
        if (oddities == 0 || chance.OneIn(3)) return null;
        oddities--;
        return chance.OneIn(4) ? chance.Pick(OddParts.Values) : Many();
    }

    private string Many() =>
        Many(chance.Pick("\"\"", "\"x\"", "1", "null", "{}", "[]", "\"\\u0000\""), chance.Pick(30, 300, 3_000, 30_000, 200_000));

    private string Nested(int depth) => chance.OneIn(2)
        ? new string('[', depth) + new string(']', depth)
        : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    private static string Many(string item, int count) => $"[{string.Join(',', Enumerable.Repeat(item, count))}]";

    /// <summary>Sometimes the text as a whole is no JSON any more, or more than that.</summary>
    private string Spoilt(string text)
    {
        if (oddities == 0 || !chance.OneIn(4)) return text;
        var at = chance.Below(text.Length);
        return chance.Below(9) switch
        {
            0 => text[..at],
            1 => text.Insert(at, chance.Pick("\"", "\\", "{", "}", "\0", "\u2028", ",", "é", "\ud83d", "/**/", "NaN", "\t", "\x1f")),
            2 => text + chance.Pick("x", "{}", "]", "\0", " \n", "//"),
            3 => "\ufeff" + text,
            4 => new string(' ', 100_000) + text,
            5 => chance.Pick(OddParts.Values),
            6 => "",
            7 => text.Remove(at, 1),
            _ => text.Replace('"', '\''),
        };
    }

    /// <summary>A text as JSON, with more or fewer escapes.</summary>
    private string Text(string text) =>
        $"\"{JsonEncodedText.Encode(text, chance.OneIn(3) ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private string Write(List<(string Key, string Json)> fields)
    {
        var space = chance.OneIn(10) ? "\n  " : "";
        var text = new StringBuilder("{");
        foreach (var (key, json) in fields) text.Append(text.Length > 1 ? "," : "").Append(space).Append($"\"{key}\":{space}{json}");
        return text.Append('}').ToString();
    }
}
