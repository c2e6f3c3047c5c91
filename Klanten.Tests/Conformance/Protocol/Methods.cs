using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>Methods: those of the standard, and 405 for all others.</summary>
public abstract class Methods(KlantenApi api) : Chapter(api)
{
    private const string Klant = "/klanten/3fa85f64-5717-4562-b3fc-2c963f66afa6";
    private const string Regel = Klant + "/audittrail/3fa85f64-5717-4562-b3fc-2c963f66afa6";

    private static readonly (string Path, string[] Allowed)[] Paths =
    [
        ("/", ["GET", "HEAD"]),
        ("/klanten", ["GET", "HEAD", "POST"]),
        (Klant, ["GET", "HEAD", "PUT", "PATCH", "DELETE"]),
        (Klant + "/audittrail", ["GET", "HEAD"]),
        (Regel, ["GET", "HEAD"]),
    ];

    private static readonly string[] All = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE", "FOO"];

    public static TheoryData<string, string> Refused => [.. Paths.SelectMany(p => All.Except(p.Allowed), (p, method) => (method, p.Path))];

    public static TheoryData<string, string> AllowedMethods =>
        [.. Paths.Select(p => (p.Path, string.Join(' ', p.Allowed.Order(StringComparer.Ordinal))))];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_method_that_a_path_does_not_have_is_not_allowed(string method, string path)
    {
        (await Send(method, path)).ShouldBeProblem(405, "method_not_allowed");
        (await Send(method, path, ("Content-Type", "application/json"), ("Authorization", $"Bearer {Token.Of(Applications.Super)}")))
            .ShouldBeProblem(405, "method_not_allowed");
    }

    [Theory]
    [MemberData(nameof(AllowedMethods))]
    public async Task The_header_Allow_lists_the_allowed_methods(string path, string methods)
    {
        // OPTIONS is neither here nor there: browsers send it, and it never reaches the standard's operations.
        static string Allow(Answer answer) =>
            string.Join(' ', answer["Allow"]!.Split(", ").Except(["OPTIONS"]).Order(StringComparer.Ordinal));
        Assert.Equal(methods, Allow(await Send("FOO", path)));
        Assert.Equal(methods, Allow(await Send("GET", path)));
        Assert.Equal(methods, Allow(await Consumer.Get(path)));
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-HTTP-Method")]
    [InlineData("X-Method-Override")]
    public async Task A_header_does_not_change_the_method(string name)
    {
        var klant = await AKlant();
        (await Consumer.Patch(klant.Text("url"), new JsonObject(), (name, "DELETE"))).ShouldBe(200).Body.ShouldEqual(klant);
    }

    [Fact]
    public async Task A_browser_may_ask_first_only_where_its_origin_is_configured()
    {
        (string, string)[] preflight =
        [
            ("Origin", "https://portaal.example"), ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type"),
        ];
        (await Consumer.Send("OPTIONS", "/klanten", null, preflight)).ShouldBeProblem(405, "method_not_allowed");
        Assert.Null((await Consumer.Get("/klanten", preflight[0])).ShouldBe(200)["Access-Control-Allow-Origin"]);

        await using var open = await Api.ElsewhereAsync(("Klanten:Cors:Origins:0", "https://portaal.example"));
        var answer = await open.Showing(null).Send("OPTIONS", "/klanten", null, preflight);
        Assert.Equal(204, answer.Status);
        Assert.Equal("https://portaal.example", answer["Access-Control-Allow-Origin"]);
        Assert.Contains("POST", answer["Access-Control-Allow-Methods"], StringComparison.Ordinal);
        Assert.Contains("authorization", answer["Access-Control-Allow-Headers"], StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Origin", answer["Vary"]);
        foreach (var (origin, allowed) in new[] { ("https://portaal.example", "https://portaal.example"), ("https://evil.example", null) })
        {
            var read = (await open.As(Applications.Alles).Get("/klanten", ("Origin", origin))).ShouldBe(200);
            Assert.Equal((allowed, "Origin"), (read["Access-Control-Allow-Origin"], read["Vary"]));
        }
        var refused = (await open.Showing(null).Get("/klanten", preflight[0])).ShouldBeProblem(403, "permission_denied");
        Assert.Equal("https://portaal.example", refused["Access-Control-Allow-Origin"]);
    }

    [Theory]
    [InlineData(
        "x-requested-with, content-type, accept, origin, authorization, x-csrftoken, user-agent, accept-encoding, accept-crs, content-crs")]
    [InlineData("if-match, if-none-match, x-audit-toelichting, x-nlx-logrecord-id")]
    public async Task A_browser_may_send_the_headers_of_the_reference_and_those_that_are_read_here(string headers)
    {
        string[] origins = ["https://portaal.example", "https://ander.example"];
        await using var open = await Api.ElsewhereAsync(("Klanten:Cors:Origins:0", origins[0]), ("Klanten:Cors:Origins:1", origins[1]));
        foreach (var origin in origins)
        {
            var answer = await open.Showing(null).Send(
                "OPTIONS", "/klanten", null, ("Origin", origin), ("Access-Control-Request-Method", "PATCH"),
                ("Access-Control-Request-Headers", headers));
            Assert.Equal((204, origin, "86400", "Origin"),
                (answer.Status, answer["Access-Control-Allow-Origin"], answer["Access-Control-Max-Age"], answer["Vary"]));
            var allowed = answer["Access-Control-Allow-Headers"]!.Split(',', StringSplitOptions.TrimEntries);
            Assert.Equal([], headers.Split(", ").Except(allowed));
            Assert.Equal(
                ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
                answer["Access-Control-Allow-Methods"]!.Split(',', StringSplitOptions.TrimEntries).Order());
        }
    }

    private Task<Answer> Send(string method, string path, params (string, string)[] headers) =>
        RawHttp.SendAsync(Api.Root, method, $"/api/v1{path}", "{}"u8.ToArray(), headers);
}
