using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>
/// When several things are wrong: route 404, Accept 406, method 405, token and scope 403, klant 404, body 415 and 400, then its
/// values.
/// </summary>
public abstract class OrderOfChecks(KlantenApi api) : Chapter(api)
{
    private const string NoSuchKlant = "/klanten/3fa85f64-5717-4562-b3fc-2c963f66afa6";
    private static readonly (string, string) Html = ("Accept", "text/html");
    private static readonly (string, string) PlainText = ("Content-Type", "text/plain");

    [Fact]
    public async Task The_route_comes_before_Accept() => (await Consumer.Get("/onbekend", Html)).ShouldBeProblem(404, "not_found");

    [Fact]
    public async Task Accept_comes_before_the_method() =>
        (await Consumer.SendText("PUT", "/klanten", "{}", Html)).ShouldBeProblem(406, "not_acceptable");

    [Fact]
    public async Task Accept_comes_before_the_token() =>
        (await Api.Showing(null).Get("/klanten", Html)).ShouldBeProblem(406, "not_acceptable");

    [Fact]
    public async Task Accept_comes_before_the_klant() => (await Consumer.Get(NoSuchKlant, Html)).ShouldBeProblem(406, "not_acceptable");

    [Theory]
    [InlineData("PUT", "/klanten")]
    [InlineData("DELETE", "/klanten")]
    [InlineData("POST", NoSuchKlant)]
    [InlineData("POST", NoSuchKlant + "/audittrail")]
    public async Task The_method_comes_before_the_token(string method, string path) =>
        (await Api.Showing(null).SendText(method, path, "{")).ShouldBeProblem(405, "method_not_allowed");

    [Theory]
    [InlineData(NoSuchKlant)]
    [InlineData("/klanten/niet-een-uuid")]
    [InlineData(NoSuchKlant + "/audittrail")]
    public async Task The_token_comes_before_the_klant(string path)
    {
        (await Api.Showing(null).Get(path)).ShouldBeProblem(403, "permission_denied");
        (await Api.As(Applications.Aanmaken).Get(path)).ShouldBeProblem(403, "permission_denied");
    }

    [Fact]
    public async Task The_token_comes_before_the_filters()
    {
        var forged = Token.Of(Applications.Alles).SignedWith("een-heel-ander-geheim-van-minstens-32-tekens");
        (await Api.As(forged).List("subjectType=foo")).ShouldBeProblem(403, "invalid-jwt-signature");
        (await Api.As(Applications.Aanmaken).List("page=99999")).ShouldBeProblem(403, "permission_denied");
    }

    [Fact]
    public async Task The_token_comes_before_the_body()
    {
        (await Api.As(Applications.Lezen).SendText("POST", "/klanten", "{")).ShouldBeProblem(403, "permission_denied");
        (await Api.As(Applications.Lezen).SendText("POST", "/klanten", "x", PlainText)).ShouldBeProblem(403, "permission_denied");
        (await Api.As(Applications.Lezen).SendText("PATCH", NoSuchKlant, "x", PlainText)).ShouldBeProblem(403, "permission_denied");
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task The_klant_comes_before_the_body(string method)
    {
        (await Consumer.SendText(method, NoSuchKlant, "{")).ShouldBeProblem(404, "not_found");
        (await Consumer.SendText(method, NoSuchKlant, "x", PlainText)).ShouldBeProblem(404, "not_found");
        (await Consumer.SendText(method, "/klanten/niet-een-uuid", "{}")).ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task The_type_of_a_body_comes_before_its_text() =>
        (await Consumer.SendText("POST", "/klanten", "{", PlainText)).ShouldBeProblem(415, "unsupported_media_type");

    [Fact]
    public async Task The_text_of_a_body_comes_before_its_values() =>
        (await Consumer.SendText("POST", "/klanten", "{\"emailadres\":5,}")).ShouldBeProblem(400, "parse_error");

    [Fact]
    public async Task Every_answer_has_the_API_version_and_says_what_a_browser_may_do_with_it()
    {
        foreach (var answer in new[]
        {
            await Consumer.Get("/klanten"),
            await Consumer.Post(NatuurlijkPersoon),
            await Consumer.Post(new JsonObject()),
            await Consumer.Get("/onbekend"),
            await Consumer.Get(NoSuchKlant),
            await Consumer.Get("/klanten", Html),
            await Api.Showing(null).Get("/klanten"),
            await Consumer.SendText("PUT", "/klanten", "{}"),
            await Consumer.SendText("POST", "/klanten", "{"),
            await Consumer.SendText("POST", "/klanten", "{", PlainText),
            await Consumer.Delete((await AKlant()).Text("url")),
            await Consumer.Head("/klanten"),
        })
        {
            answer.ShouldBe(answer.Status);
            Assert.Equal(("SAMEORIGIN", "nosniff"), (answer["X-Frame-Options"], answer["X-Content-Type-Options"]));
            Assert.Equal("Origin", answer["Vary"]);
            Assert.Null(answer["Strict-Transport-Security"]);
            Assert.Equal(answer.Status == 201, answer["Location"] is not null);
        }
    }
}
