using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>The root of the API, /api/v1/: it names the resources, to every caller.</summary>
public abstract class Root(KlantenApi api) : Chapter(api)
{
    [Fact]
    public async Task It_names_the_resource_to_a_caller_without_a_token()
    {
        var answer = (await Api.Showing(null).Get("/")).ShouldBe(200);
        Assert.Equal($$"""{"klanten":"{{Api.Base}}/klanten"}""", answer.Text);
        (await Api.Showing("Bearer x").Get("/?page=2")).ShouldBe(200).Json.ShouldEqual(answer.Json);
        (await Consumer.Get(answer.Body.Text("klanten"))).ShouldBe(200);
    }

    [Fact]
    public async Task HEAD_answers_with_the_headers_of_GET()
    {
        var (get, head) = (await Api.Showing(null).Get("/"), (await Api.Showing(null).Head("/")).ShouldBe(200));
        Assert.Equal((get["Content-Length"], get["Allow"]), (head["Content-Length"], head["Allow"]));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/*")]
    [InlineData("*/*;q=0.1")]
    public async Task It_is_JSON(string accept) => (await Api.Showing(null).Get("/", ("Accept", accept))).ShouldBe(200);

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml")]
    public async Task It_is_nothing_else(string accept) =>
        (await Api.Showing(null).Get("/", ("Accept", accept))).ShouldBeProblem(406, "not_acceptable");

    [Fact]
    public async Task Without_its_slash_it_is_elsewhere()
    {
        var answer = await Api.Showing(null).Get("");
        Assert.Equal((301, "/api/v1/", "1.0.0"), (answer.Status, answer["Location"], answer["API-version"]));
        (await Api.Showing(null).Send("POST", "")).ShouldBeProblem(405, "method_not_allowed");
    }

    [Theory]
    [InlineData("/api/v1//")]
    [InlineData("/api/V1/")]
    [InlineData("/API/v1")]
    [InlineData("/api/v2/")]
    [InlineData("/api/v2")]
    [InlineData("/api/")]
    [InlineData("/api")]
    public async Task No_other_path_is_the_root(string path)
    {
        var answer = await RawHttp.SendAsync(Api.Root, "GET", path);
        answer.ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task It_has_the_address_that_was_asked()
    {
        const string Host = "klanten.example.nl:8080";
        var answer = await RawHttp.SendAsync(Api.Root, $"GET /api/v1/ HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n");
        answer.ShouldBe(200).Json.ShouldEqual(new JsonObject { ["klanten"] = $"http://{Host}/api/v1/klanten" });
    }
}
