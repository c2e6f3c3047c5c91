using System.Text;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>Accept and Content-Type: JSON both ways, and nothing else.</summary>
public abstract class MediaTypes(KlantenApi api) : Chapter(api)
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("*/*")]
    [InlineData("application/*")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;q=0.1")]
    [InlineData("application/json;version=2")]
    [InlineData("text/html, application/json")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")]
    [InlineData(" application/json ")]
    [InlineData("application/problem+json")]
    [InlineData("APPLICATION/Problem+Json;q=0.9")]
    [InlineData("text/html, application/problem+json")]
    public async Task A_consumer_that_takes_JSON_gets_it(string accept) =>
        (await Consumer.Get($"/klanten?bronorganisatie={Rsin}", ("Accept", accept))).ShouldList();

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/*")]
    [InlineData("text/json")]
    [InlineData("application/xml")]
    [InlineData("application/problem+xml")]
    [InlineData("application/problem")]
    [InlineData("application/problem+jsonx")]
    [InlineData("application/hal+json")]
    [InlineData("application/jsonp")]
    [InlineData("image/*")]
    [InlineData("text/csv, application/xml;q=0.5")]
    [InlineData("json")]
    [InlineData("*")]
    [InlineData("foo")]
    [InlineData(",")]
    [InlineData("")]
    public async Task A_consumer_that_does_not_take_JSON_gets_406(string accept)
    {
        (string, string)[] headers = [("Authorization", $"Bearer {Token.Of(Applications.Alles)}"), ("Accept", accept)];
        (await RawHttp.SendAsync(Api.Root, "GET", "/api/v1/klanten", null, headers)).ShouldBeProblem(406, "not_acceptable");
        (await RawHttp.SendAsync(Api.Root, "POST", "/api/v1/klanten", "{}"u8.ToArray(), headers)).ShouldBeProblem(406, "not_acceptable");
        (await RawHttp.SendAsync(Api.Root, "HEAD", "/api/v1/klanten", null, headers)).ShouldBe(406);
    }

    [Fact]
    public async Task A_consumer_need_not_say_what_it_takes()
    {
        var answer = await RawHttp.SendAsync(
            Api.Root, "GET", $"/api/v1/klanten?bronorganisatie={Rsin}", null, ("Authorization", $"Bearer {Token.Of(Applications.Alles)}"));
        answer.ShouldList();
    }

    /// <summary>The document names only the media type of errors for klant_delete, so generated clients accept no other.</summary>
    [Fact]
    public async Task Every_operation_may_be_asked_for_the_media_type_of_errors_alone()
    {
        (string, string) errors = ("Accept", "application/problem+json");
        var klant = (await Consumer.Post(NatuurlijkPersoon, errors)).ShouldBe(201).Body;
        var url = klant.Text("url");
        var entry = (await Consumer.Get($"{url}/audittrail", errors)).ShouldBe(200).Json![0]!.Text("uuid");
        (await Consumer.Get($"{url}/audittrail/{entry}", errors)).ShouldBe(200);
        (await Consumer.List($"bronorganisatie={Rsin}")).ShouldBe(200);
        (await Consumer.Get(url, errors)).ShouldBe(200).Body.ShouldEqual(klant);
        (await Consumer.Put(url, klant, errors)).ShouldBe(200);
        (await Consumer.Patch(url, new JsonObject(), errors)).ShouldBe(200);
        (await Consumer.Delete(url, errors)).ShouldBe(204);
        (await Consumer.Delete(url, errors)).ShouldBeProblem(404, "not_found");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json;charset=utf-8")]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json; foo=bar")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("Application/Json; Charset=Utf-8")]
    public async Task A_body_in_JSON_is_read(string contentType) => (await Post(contentType)).ShouldBe(201);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/json")]
    [InlineData("application/xml")]
    [InlineData("application/merge-patch+json")]
    [InlineData("application/json-patch+json")]
    [InlineData("application/problem+json")]
    [InlineData("application/vnd.api+json")]
    [InlineData("application/hal+json")]
    [InlineData("application/jsonx")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/octet-stream")]
    [InlineData("json")]
    [InlineData("application")]
    [InlineData(";")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_body_in_anything_else_is_not(string? contentType)
    {
        (await Post(contentType)).ShouldBeProblem(415, "unsupported_media_type");
        var url = new Uri((await AKlant()).Text("url")).AbsolutePath;
        (await Send("PUT", url, contentType, "{}")).ShouldBeProblem(415, "unsupported_media_type");
        (await Send("PATCH", url, contentType, "{}")).ShouldBeProblem(415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json", "application/json", "application/json")]
    [InlineData("application/json", "Application/JSON")]
    [InlineData("application/json; charset=utf-8", "application/json; charset=utf-8")]
    public async Task A_Content_Type_may_be_sent_twice(params string[] lines)
    {
        (await Post(lines)).ShouldBe(201);
        var url = new Uri((await AKlant()).Text("url")).AbsolutePath;
        (await Send("PUT", url, lines, Json.Write(NatuurlijkPersoon))).ShouldBe(200);
        (await Send("PATCH", url, lines, "{}")).ShouldBe(200);
        (await Send("DELETE", url, lines, "")).ShouldBe(204);
    }

    [Fact]
    public async Task The_charset_of_a_Content_Type_that_is_sent_twice_counts()
    {
        string[] lines = ["application/json; charset=iso-8859-1", "application/json; charset=iso-8859-1"];
        var body = Encoding.Latin1.GetBytes(Json.Write(NatuurlijkPersoon.With("achternaam", "Müller")));
        (await Send("POST", "/api/v1/klanten", lines, body)).ShouldBe(201).Body.At("achternaam").ShouldEqual("Müller");
    }

    [Theory]
    [InlineData("application/json", "text/plain")]
    [InlineData("text/plain", "application/json")]
    [InlineData("text/plain", "text/plain")]
    [InlineData("application/json", "application/json; charset=utf-8")]
    [InlineData("application/json", "")]
    [InlineData("application/json", "application/json", "application/xml")]
    public async Task Lines_of_Content_Type_that_differ_are_not_JSON(params string[] lines)
    {
        (await Post(lines)).ShouldBeProblem(415, "unsupported_media_type");
        var url = new Uri((await AKlant()).Text("url")).AbsolutePath;
        (await Send("PUT", url, lines, "{}")).ShouldBeProblem(415, "unsupported_media_type");
        (await Send("PATCH", url, lines, "{}")).ShouldBeProblem(415, "unsupported_media_type");
    }

    [Fact]
    public async Task A_list_in_one_line_is_not_JSON() =>
        ShouldBeOneLine(await Post(["application/json, application/json"]));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/merge-patch+json")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Without_a_body_its_type_does_not_matter(string? contentType)
    {
        (await Send("POST", "/api/v1/klanten", contentType, ""))
            .ShouldBeInvalid(("bronorganisatie", "required"), ("websiteUrl", "required"));
        (await Send("PATCH", new Uri((await AKlant()).Text("url")).AbsolutePath, contentType, "")).ShouldBe(200);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("en-US,en;q=0.9")]
    [InlineData("*")]
    public async Task The_language_of_the_consumer_changes_nothing(string language)
    {
        var (dutch, other) = (await Consumer.Get("/klanten/x"), await Consumer.Get("/klanten/x", ("Accept-Language", language)));
        Assert.Equal(
            dutch.ShouldBeProblem(404, "not_found").Body.Text("title"), other.ShouldBeProblem(404, "not_found").Body.Text("title"));
    }

    [Theory]
    [InlineData("Accept-Crs", "EPSG:28992")]
    [InlineData("Accept-Crs", "foo")]
    [InlineData("Content-Crs", "EPSG:4326")]
    [InlineData("Accept-Charset", "iso-8859-1")]
    [InlineData("Accept-Encoding", "gzip, br")]
    [InlineData("Cookie", "a=b")]
    [InlineData("API-version", "2.0.0")]
    public async Task Other_headers_change_nothing(string name, string value)
    {
        var klant = (await Consumer.Post(NatuurlijkPersoon, (name, value))).ShouldBe(201).Body;
        (await Consumer.Get(klant.Text("url"), (name, value))).ShouldBe(200).Body.ShouldEqual(klant);
    }

    /// <summary>The answer to a Content-Type that is a list. A host in front may send one for two equal lines.</summary>
    protected virtual void ShouldBeOneLine(Answer answer) => answer.ShouldBeProblem(415, "unsupported_media_type");

    private Task<Answer> Post(params string?[] contentType) =>
        Send("POST", "/api/v1/klanten", contentType, Json.Write(NatuurlijkPersoon));

    private Task<Answer> Send(string method, string path, string? contentType, string body) => Send(method, path, [contentType], body);

    private Task<Answer> Send(string method, string path, string?[] contentType, string body) =>
        Send(method, path, contentType, Encoding.UTF8.GetBytes(body));

    private Task<Answer> Send(string method, string path, string?[] contentType, byte[] body) => RawHttp.SendAsync(
        Api.Root, method, path, body,
        [
            ("Authorization", $"Bearer {Token.Of(Applications.Alles)}"),
            .. contentType.OfType<string>().Select(line => ("Content-Type", line)),
        ]);
}
