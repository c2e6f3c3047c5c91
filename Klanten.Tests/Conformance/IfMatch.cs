using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>If-Match: a consumer changes or removes a klant only in the version that it has seen (RFC 9110, 13.1.1).</summary>
public abstract class IfMatch(KlantenApi api) : Chapter(api)
{
    private const string Put = "PUT";
    private const string Patch = "PATCH";
    private const string Delete = "DELETE";

    private static readonly string[] Writes = [Put, Patch, Delete];

    public static TheoryData<string, string> Matching => new MatrixTheoryData<string, string>(
        Writes,
        ["{0}", " {0} ", "*", "\"a\", {0}", "{0},\"a\"", "\"a,b\",{0}", "\"a\" , W/\"b\" ,, {0}", "x, {0}"]);

    public static TheoryData<string, string> Different => new MatrixTheoryData<string, string>(
        Writes,
        ["\"0\"", "\"abc\"", "W/{0}", "\"a\", W/{0}", "{1}", "\"{1}x\"", "\"{1}", "\"\"", "\"*\"", ",,,", "", "W/",
            // No list of ETags: these have the current one, and do not let a write through.
            "\"x\" {0}", "{0} \"x\"", "{0}{0}", "{0}x", "{0} x", "x{0}", "w/{0}", "W /{0}", "W/ {0}", "\"x, {0}", "{0}, \"x", "\"a\"b, {0}",
            "{0}, w/\"a\"", "*x", "*, \"x\"", "\"x\", *", "**", "{0};a=1", "'{0}'"]);

    public static TheoryData<string> Codings =>
    [
        "\"{1}-gzip\"", "\"{1}-br\"", "\"{1}--gzip\"", "\"{1};gzip\"", "\"{1}-deflate\"", "\"{1}-zstd\"", "\"{1}-gzip-br\"",
        "\"{1}:GZIP\"",
    ];

    [Theory]
    [MemberData(nameof(Matching))]
    public async Task The_current_version_is_written(string method, string ifMatch)
    {
        var klant = await AKlant();
        var etag = await ETag(klant);
        (await Write(method, klant, ("If-Match", ifMatch.Replace("{0}", etag, StringComparison.Ordinal))))
            .ShouldBe(method == Delete ? 204 : 200);
    }

    [Theory]
    [MemberData(nameof(Different))]
    public async Task Another_version_is_not(string method, string ifMatch)
    {
        var klant = await AKlant();
        var etag = await ETag(klant);
        var header = ifMatch.Replace("{0}", etag, StringComparison.Ordinal).Replace("{1}", etag.Trim('"'), StringComparison.Ordinal);
        (await Write(method, klant, ("If-Match", header))).ShouldBeProblem(412, "precondition_failed");
        (await Read(klant)).ShouldEqual(klant);
        Assert.Single(await AuditTrail(klant));
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task The_coding_that_a_gateway_puts_into_an_ETag_makes_no_difference(string form)
    {
        var klant = await AKlant();
        var sent = form.Replace("{1}", (await ETag(klant)).Trim('"'), StringComparison.Ordinal);
        (await Consumer.Get(klant.Text("url"), ("If-None-Match", sent))).ShouldBe(304);
        (await Consumer.Head(klant.Text("url"), ("If-None-Match", $"\"a\", W/{sent}"))).ShouldBe(304);
        (await Consumer.Patch(klant.Text("url"), new JsonObject(), ("If-Match", $"W/{sent}")))
            .ShouldBeProblem(412, "precondition_failed");
        (await Consumer.Patch(klant.Text("url"), new JsonObject(), ("If-Match", sent))).ShouldBe(200);
    }

    [Theory]
    [InlineData("\"{1}-\"")]
    [InlineData("\"{1}-x\"")]
    [InlineData("\"{1}gzip\"")]
    [InlineData("\"{1}-gzip-x\"")]
    [InlineData("\"-gzip\"")]
    [InlineData("\"x{1}-gzip\"")]
    public async Task Another_suffix_makes_another_ETag(string form)
    {
        var klant = await AKlant();
        var sent = form.Replace("{1}", (await ETag(klant)).Trim('"'), StringComparison.Ordinal);
        (await Consumer.Get(klant.Text("url"), ("If-None-Match", sent))).ShouldBe(200);
        (await Consumer.Patch(klant.Text("url"), new JsonObject(), ("If-Match", sent))).ShouldBeProblem(412, "precondition_failed");
    }

    [Fact]
    public async Task Several_headers_count_as_one_list()
    {
        var klant = await AKlant();
        (await Consumer.Patch(klant.Text("url"), new JsonObject(), ("If-Match", "\"a\""), ("If-Match", await ETag(klant)))).ShouldBe(200);
    }

    [Theory]
    [InlineData(Put)]
    [InlineData(Patch)]
    [InlineData(Delete)]
    public async Task A_change_by_another_consumer_is_not_lost(string method)
    {
        var klant = await AKlant();
        var seen = await ETag(klant);
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'voornaam':'Ander'}"))).ShouldBe(200);
        (await Write(method, klant, ("If-Match", seen))).ShouldBeProblem(412, "precondition_failed");
        Assert.Equal("Ander", (await Read(klant)).Text("voornaam"));
    }

    [Fact]
    public async Task Of_many_changes_of_one_version_at_once_one_is_made()
    {
        var klant = await AKlant();
        var seen = await ETag(klant);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Consumer.Patch(klant.Text("url"), new JsonObject { ["voornaam"] = $"V{i}" }, ("If-Match", seen))));
        var made = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Except([made]), answer => answer.ShouldBeProblem(412, "precondition_failed"));
        (await Read(klant)).ShouldEqual(made.Body);
    }

    [Fact]
    public async Task A_klant_that_moved_to_another_bronorganisatie_is_changed_in_the_version_that_was_seen_there()
    {
        var klant = await AKlant();
        (await Consumer.Patch(klant.Text("url"), new JsonObject { ["bronorganisatie"] = Numbers.Rsin() })).ShouldBe(200);
        (await Consumer.Patch(klant.Text("url"), new JsonObject(), ("If-Match", await ETag(klant)))).ShouldBe(200);
    }

    [Fact]
    public async Task An_ETag_of_another_address_is_another_version()
    {
        var klant = await AKlant();
        (string, string) there = ("Host", "nlx.example");
        var etag = (await Consumer.Get(klant.Text("url"), there)).ShouldBe(200).ETag;
        (await Consumer.Patch(klant.Text("url"), new JsonObject(), ("If-Match", etag))).ShouldBeProblem(412, "precondition_failed");
        (await Consumer.Patch(klant.Text("url"), new JsonObject(), ("If-Match", etag), there)).ShouldBe(200);
    }

    [Fact]
    public async Task What_is_read_in_another_version_is_not_sent()
    {
        var klant = await AKlant();
        var entry = $"{klant.Text("url")}/audittrail/{(await AuditTrail(klant))[0]!.Text("uuid")}";
        foreach (var url in new[] { klant.Text("url"), entry })
        {
            var etag = (await Consumer.Get(url)).ETag;
            (await Consumer.Get(url, ("If-Match", "\"abc\""))).ShouldBeProblem(412, "precondition_failed");
            (await Consumer.Head(url, ("If-Match", "\"abc\""))).ShouldBe(412);
            (await Consumer.Get(url, ("If-Match", etag))).ShouldBe(200);
            (await Consumer.Get(url, ("If-Match", "*"), ("If-None-Match", etag))).ShouldBe(304);
            (await Consumer.Get(url, ("If-Match", "\"abc\""), ("If-None-Match", etag))).ShouldBeProblem(412, "precondition_failed");
        }
    }

    [Theory]
    [InlineData(Put)]
    [InlineData(Patch)]
    [InlineData(Delete)]
    public async Task A_klant_that_is_not_there_is_not_found_first(string method) =>
        (await Consumer.Send(method, $"/klanten/{Guid.NewGuid()}", null, ("If-Match", "*"))).ShouldBeProblem(404, "not_found");

    [Theory]
    [InlineData(Put)]
    [InlineData(Patch)]
    public async Task The_version_comes_before_the_body(string method)
    {
        var url = (await AKlant()).Text("url");
        (await Consumer.SendText(method, url, "{", ("If-Match", "\"abc\""))).ShouldBeProblem(412, "precondition_failed");
        (await Consumer.SendText(method, url, "x", ("Content-Type", "text/plain"), ("If-Match", "\"abc\"")))
            .ShouldBeProblem(412, "precondition_failed");
    }

    [Fact]
    public async Task A_subject_is_not_fetched_for_another_version()
    {
        var subject = Subjects.Found();
        var klant = await AKlant();
        (await Consumer.Patch(klant.Text("url"), new JsonObject { ["subject"] = subject }, ("If-Match", "\"abc\"")))
            .ShouldBeProblem(412, "precondition_failed");
        Assert.Empty(Subjects.FetchesOf(subject));
    }

    private async Task<string> ETag(JsonObject klant) => (await Consumer.Get(klant.Text("url"))).ShouldBe(200).ETag;

    private Task<Answer> Write(string method, JsonObject klant, params (string, string)[] headers) => method == Delete
        ? Consumer.Delete(klant.Text("url"), headers)
        : Consumer.SendJson(method, klant.Text("url"), klant.With("voornaam", "Nieuw"), headers);
}
