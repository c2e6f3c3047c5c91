using System.Text;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>Bodies: strict JSON in UTF-8, an object, of a size that makes sense.</summary>
public abstract class RequestBodies(KlantenApi api) : Chapter(api)
{
    private const int Largest = 1024 * 1024;

    public static TheoryData<string> NoJson =>
    [
        "{", "}", "{\"a\":1,}", "{\"a\":1}x", "{}{}", "{'a':1}", "{a:1}", "{\"a\"}", "{\"a\":}", "{\"a\":1 \"b\":2}", "[1,]", "[1", "\"x",
        "x", "tru", "True", "nul",
        "  ", "\n", "/*x*/{}", "{}//x", "{\"a\":/*x*/1}", "\ufeff{}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":1e}",
        "{\"a\":0x1}",
        "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":-Infinity}", "NaN", "{\"a\":undefined}", "{\"a\":\"\t\"}", "{\"a\":\"\n\"}",
        "{\"a\":\"\0\"}", "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}", "{\"\\ud83d\":1}", "{}\0", "\0",
    ];

    /// <remarks>RFC 9110, 14.5: taken for the whole klant, the part would do harm.</remarks>
    [Theory]
    [InlineData("bytes 0-1/2")]
    [InlineData("x")]
    [InlineData("")]
    public async Task A_part_of_a_klant_is_refused_and_changes_nothing(string contentRange)
    {
        var klant = await AKlant();
        var (url, body) = (klant.Text("url"), Encoding.UTF8.GetBytes("""{"voornaam":"Deel"}"""));
        foreach (var method in new[] { "PUT", "PATCH" })
        {
            var answer = await Consumer.Send(method, url, body, ("Content-Type", "application/json"), ("Content-Range", contentRange));
            answer.ShouldBeProblem(400, "parse_error");
        }
        (await Read(klant)).ShouldEqual(klant);
    }

    [Theory]
    [MemberData(nameof(NoJson))]
    public async Task What_is_no_JSON_cannot_be_parsed(string body)
    {
        (await Consumer.SendText("POST", "/klanten", body)).ShouldBeProblem(400, "parse_error");
        var url = (await AKlant()).Text("url");
        (await Consumer.SendText("PUT", url, body)).ShouldBeProblem(400, "parse_error");
        (await Consumer.SendText("PATCH", url, body)).ShouldBeProblem(400, "parse_error");
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE })]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0xBD })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    public async Task What_is_no_UTF_8_cannot_be_parsed(byte[] bytes)
    {
        var json = Json.Write(NatuurlijkPersoon.With("achternaam", "HIER")).Split("HIER");
        byte[] inAValue = [.. Encoding.UTF8.GetBytes(json[0]), .. bytes, .. Encoding.UTF8.GetBytes(json[1])];
        (await Consumer.Send("POST", "/klanten", inAValue, ("Content-Type", "application/json"))).ShouldBeProblem(400, "parse_error");
        byte[] inAKey = [.. "{\""u8, .. bytes, .. "\":1}"u8];
        (await Consumer.Send("POST", "/klanten", inAKey, ("Content-Type", "application/json"))).ShouldBeProblem(400, "parse_error");
    }

    [Theory]
    [InlineData("utf-16", "utf-16")]
    [InlineData("utf-16", "utf-16BE")]
    [InlineData("UTF-16", "utf-16BE")]
    [InlineData("utf-16le", "utf-16")]
    [InlineData("utf-16be", "utf-16BE")]
    [InlineData("utf-32", "utf-32")]
    [InlineData("utf-32", "utf-32BE")]
    public async Task UTF_16_and_UTF_32_may_have_a_byte_order_mark(string charset, string encoding)
    {
        var text = Encoding.GetEncoding(encoding);
        var json = Json.Write(NatuurlijkPersoon.With("achternaam", "Zoë 😀"));
        (await Send([.. text.Preamble, .. text.GetBytes(json)], charset)).ShouldBe(201).Body.At("achternaam").ShouldEqual("Zoë 😀");
        (await Send([.. text.Preamble, .. text.Preamble, .. text.GetBytes(json)], charset)).ShouldBeProblem(400, "parse_error");
        (await Send([.. text.Preamble], charset)).ShouldBeProblem(400, "parse_error");
        (await Send([.. text.Preamble, .. text.GetBytes(json), 0x20], charset)).ShouldBeProblem(400, "parse_error");
    }

    [Theory]
    [InlineData("utf-16", "utf-16")]
    [InlineData("utf-16be", "utf-16BE")]
    [InlineData("utf-32", "utf-32")]
    public async Task UTF_16_and_UTF_32_need_no_byte_order_mark(string charset, string encoding) =>
        (await Send(Encoding.GetEncoding(encoding).GetBytes(Json.Write(NatuurlijkPersoon)), charset)).ShouldBe(201);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("iso-8859-1")]
    public async Task Other_charsets_have_none(string charset)
    {
        (await Send([0xEF, 0xBB, 0xBF, .. Json.Utf8(NatuurlijkPersoon)], charset)).ShouldBeProblem(400, "parse_error");
        (await Send([0xFF, 0xFE, .. Json.Utf8(NatuurlijkPersoon)], charset)).ShouldBeProblem(400, "parse_error");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("'x'")]
    [InlineData("''")]
    [InlineData("5")]
    [InlineData("1.5")]
    [InlineData("true")]
    [InlineData("false")]
    public async Task What_is_no_object_is_invalid(string body)
    {
        (await Consumer.Post(Json.Of(body))).ShouldBeInvalid(("nonFieldErrors", "invalid"));
        var url = (await AKlant()).Text("url");
        (await Consumer.Put(url, Json.Of(body))).ShouldBeInvalid(("nonFieldErrors", "invalid"));
        (await Consumer.Patch(url, Json.Of(body))).ShouldBeInvalid(("nonFieldErrors", "invalid"));
    }

    [Fact]
    public async Task An_array_with_a_good_klant_is_invalid_too() =>
        (await Consumer.Post(new JsonArray(NatuurlijkPersoon))).ShouldBeInvalid(("nonFieldErrors", "invalid"));

    [Fact]
    public async Task Null_has_an_error_code_of_its_own()
    {
        (await Consumer.Post(null)).ShouldBeInvalid(("nonFieldErrors", "null"));
        var url = (await AKlant()).Text("url");
        (await Consumer.Put(url, null)).ShouldBeInvalid(("nonFieldErrors", "null"));
        (await Consumer.Patch(url, null)).ShouldBeInvalid(("nonFieldErrors", "null"));
    }

    [Fact]
    public async Task Of_a_repeated_key_the_last_one_counts()
    {
        var body = Json.Write(NatuurlijkPersoon)[..^1];
        const string Adres = "\"adres\":{\"huisnummer\":\"x\",\"huisnummer\":7,\"huisletter\":\"a\"}";
        var answer = await Consumer.SendText(
            "POST", "/klanten", $"{body},\"achternaam\":null,\"achternaam\":\"een\",\"achternaam\":\"twee\",{Adres}}}");
        var klant = answer.ShouldBe(201).Body;
        Assert.Equal(("twee", 7), (klant.Text("achternaam"), klant.At("adres.huisnummer")!.GetValue<int>()));
        (await Consumer.SendText("POST", "/klanten", $"{body},\"achternaam\":\"een\",\"achternaam\":null}}"))
            .ShouldBeInvalid(("achternaam", "null"));
    }

    [Fact]
    public async Task Of_a_repeated_group_the_last_one_counts_as_a_whole()
    {
        var body = Json.Write(NatuurlijkPersoon)[..^1];
        var klant = (await Consumer.SendText(
            "POST", "/klanten", $"{body},\"adres\":{{\"huisletter\":\"a\"}},\"adres\":{{\"huisnummer\":7}}}}")).ShouldBe(201).Body;
        Assert.Equal(("", 7), (klant.Text("adres.huisletter"), klant.At("adres.huisnummer")!.GetValue<int>()));
    }

    [Fact]
    public async Task Keys_may_be_escaped() =>
        Assert.Equal(
            "x",
            (await Consumer.SendText("POST", "/klanten", Json.Write(NatuurlijkPersoon)[..^1] + ",\"\\u0061chternaa\\u006d\":\"x\"}"))
                .ShouldBe(201).Body.Text("achternaam"));

    [Fact]
    public async Task White_space_between_values_does_not_matter()
    {
        var spaced = Json.Write(NatuurlijkPersoon).Replace(":", " \n:\t ", StringComparison.Ordinal)
            .Replace("http \n:\t ", "http:", StringComparison.Ordinal);
        (await Consumer.SendText("POST", "/klanten", $"\r\n\t {spaced} \n")).ShouldBe(201);
    }

    [Fact]
    public async Task A_number_may_have_any_size() =>
        (await Consumer.SendText("POST", "/klanten", "{\"klantnummer\":123456789012345678901234567890}"))
            .ShouldBeInvalid(("bronorganisatie", "required"), ("klantnummer", "max_length"), ("websiteUrl", "required"));

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public async Task Values_may_be_nested_32_deep_and_not_deeper(string open, string close)
    {
        var body = Json.Write(NatuurlijkPersoon)[..^1];
        (await Consumer.SendText("POST", "/klanten", $"{body},\"x\":{Nested(31)}}}")).ShouldBe(201);
        (await Consumer.SendText("POST", "/klanten", $"{body},\"x\":{Nested(32)}}}")).ShouldBeProblem(400, "parse_error");
        (await Consumer.SendText("POST", "/klanten", Nested(10_000))).ShouldBeProblem(400, "parse_error");

        string Nested(int depth) => string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
    }

    [Fact]
    public async Task A_body_may_hold_1048576_bytes()
    {
        var body = Json.Write(NatuurlijkPersoon);
        (await Consumer.SendText("POST", "/klanten", body + new string(' ', Largest - body.Length))).ShouldBe(201);
    }

    [Theory]
    [InlineData(Largest + 1)]
    [InlineData(4 * Largest)]
    public async Task A_larger_body_is_refused(int size)
    {
        var url = (await AKlant()).Text("url");
        foreach (var (method, path) in new[] { ("POST", "/klanten"), ("PUT", url), ("PATCH", url) })
            (await Consumer.SendText(method, path, new string(' ', size))).ShouldBeProblem(413, "request_entity_too_large");
    }

    [Fact]
    public async Task A_larger_body_is_refused_although_it_has_no_Content_Length()
    {
        var body = new string(' ', Largest + 1);
        (await Consumer.SendText("POST", "/klanten", body, ("Content-Type", "application/json"), ("Transfer-Encoding", "chunked")))
            .ShouldBeProblem(413, "request_entity_too_large");
    }

    [Fact]
    public async Task A_chunked_body_is_read() =>
        (await Consumer.Post(NatuurlijkPersoon, ("Transfer-Encoding", "chunked"))).ShouldBe(201);

    private Task<Answer> Send(byte[] body, string charset) =>
        Consumer.Send("POST", "/klanten", body, ("Content-Type", $"application/json; charset={charset}"));
}
