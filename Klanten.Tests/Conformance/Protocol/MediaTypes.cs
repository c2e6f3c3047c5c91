using System.Text;
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
    public async Task A_consumer_that_takes_JSON_gets_it(string accept) =>
        (await Consumer.Get($"/klanten?bronorganisatie={Rsin}", ("Accept", accept))).ShouldList();

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/*")]
    [InlineData("text/json")]
    [InlineData("application/xml")]
    [InlineData("application/problem+json")]
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

    private Task<Answer> Post(string? contentType) => Send("POST", "/api/v1/klanten", contentType, Json.Write(NatuurlijkPersoon));

    private Task<Answer> Send(string method, string path, string? contentType, string body)
    {
        (string, string) authorization = ("Authorization", $"Bearer {Token.Of(Applications.Alles)}");
        return RawHttp.SendAsync(
            Api.Root, method, path, Encoding.UTF8.GetBytes(body),
            contentType is null ? [authorization] : [authorization, ("Content-Type", contentType)]);
    }
}
