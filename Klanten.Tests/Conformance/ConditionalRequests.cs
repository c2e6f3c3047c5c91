using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>ETag, If-None-Match and HEAD on klant_read and audittrail_read.</summary>
public abstract class ConditionalRequests(KlantenApi api) : Chapter(api)
{
    private const string Klant = "";
    private const string AuditEntry = "/audittrail/…";

    [Theory]
    [InlineData(Klant)]
    [InlineData(AuditEntry)]
    public async Task What_is_read_has_an_ETag_that_stays_the_same(string resource)
    {
        var url = await Url(resource);
        var etag = (await Consumer.Get(url)).ShouldBe(200).ETag;
        Assert.Matches("^\"[\x21\x23-\x7e]+\"$", etag);
        Assert.Equal(etag, (await Consumer.Get(url)).ShouldBe(200).ETag);
        Assert.Equal(etag, (await Api.As(Applications.Super).Get(url)).ShouldBe(200).ETag);
    }

    [Theory]
    [InlineData(Klant)]
    [InlineData(AuditEntry)]
    public async Task Different_resources_have_different_ETags(string resource) =>
        Assert.NotEqual((await Consumer.Get(await Url(resource))).ETag, (await Consumer.Get(await Url(resource))).ETag);

    [Theory]
    [InlineData(Klant, "{0}")]
    [InlineData(Klant, "W/{0}")]
    [InlineData(Klant, "*")]
    [InlineData(Klant, " {0} ")]
    [InlineData(Klant, "\"a\", {0}")]
    [InlineData(Klant, "{0}, \"a\"")]
    [InlineData(Klant, "\"a\",W/\"b\",{0},\"c\"")]
    [InlineData(Klant, "W/\"b\" , W/{0}")]
    [InlineData(AuditEntry, "{0}")]
    [InlineData(AuditEntry, "W/{0}")]
    [InlineData(AuditEntry, "*")]
    [InlineData(AuditEntry, "\"a\", {0}, \"b\"")]
    public async Task When_the_consumer_has_the_current_version_the_answer_is_304_without_a_body(string resource, string ifNoneMatch)
    {
        var url = await Url(resource);
        var current = (await Consumer.Get(url)).ETag;
        var answer = await Consumer.Get(url, ("If-None-Match", ifNoneMatch.Replace("{0}", current, StringComparison.Ordinal)));
        answer.ShouldBe(304);
        Assert.Equal(current, answer.ETag);
        Assert.Equal(("private, no-cache", "Origin"), (answer["Cache-Control"], answer["Vary"]));
        (await Consumer.Head(url, ("If-None-Match", ifNoneMatch.Replace("{0}", current, StringComparison.Ordinal)))).ShouldBe(304);
    }

    [Theory]
    [InlineData(Klant, "\"abc\"")]
    [InlineData(Klant, "\"a\", \"b\", W/\"c\"")]
    [InlineData(Klant, "abc")]
    [InlineData(Klant, "\"unterminated")]
    [InlineData(Klant, ",,,")]
    [InlineData(Klant, "")]
    [InlineData(Klant, "\"*\"")]
    [InlineData(Klant, "W/")]
    [InlineData(Klant, "{1}")]
    [InlineData(Klant, "\"{1}x\"")]
    [InlineData(Klant, "\"x\" \"{1}\"")]
    [InlineData(Klant, "\"{1}\" \"x\"")]
    [InlineData(Klant, "\"{1}\"x")]
    [InlineData(Klant, "w/\"{1}\"")]
    [InlineData(Klant, "\"{1}\", \"x")]
    [InlineData(Klant, "*, \"x\"")]
    [InlineData(AuditEntry, "\"abc\"")]
    [InlineData(AuditEntry, ",,,")]
    public async Task When_the_consumer_has_another_version_the_answer_is_plain(string resource, string ifNoneMatch)
    {
        var url = await Url(resource);
        var current = (await Consumer.Get(url)).ShouldBe(200);
        var answer = await Consumer.Get(
            url, ("If-None-Match", ifNoneMatch.Replace("{1}", current.ETag.Trim('"'), StringComparison.Ordinal)));
        Assert.Equal(current.Text, answer.ShouldBe(200).Text);
        Assert.Equal(current.ETag, answer.ETag);
    }

    [Fact]
    public async Task Several_headers_count_as_one_list()
    {
        var url = await Url(Klant);
        var etag = (await Consumer.Get(url)).ETag;
        (await Consumer.Get(url, ("If-None-Match", "\"a\""), ("If-None-Match", etag))).ShouldBe(304);
    }

    [Theory]
    [InlineData(Klant)]
    [InlineData(AuditEntry)]
    public async Task HEAD_has_the_headers_of_GET_and_no_body(string resource)
    {
        var url = await Url(resource);
        var (get, head) = (await Consumer.Get(url), await Consumer.Head(url));
        head.ShouldBe(200);
        Assert.Equal(get.ETag, head.ETag);
        Assert.All(["Content-Type", "Content-Length", "API-version", "Allow"], name => Assert.Equal(get[name], head[name]));
        Assert.Equal($"{get.Bytes.Length}", head["Content-Length"]);
    }

    [Fact]
    public async Task HEAD_of_the_list_has_the_headers_of_GET_and_no_body()
    {
        var (get, head) = (await Consumer.List($"bronorganisatie={Rsin}"), await Consumer.Head($"/klanten?bronorganisatie={Rsin}"));
        Assert.Equal(get["Content-Length"], head.ShouldBe(200)["Content-Length"]);
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    public async Task A_change_makes_another_ETag(string method)
    {
        var klant = await AKlant();
        var before = (await Consumer.Get(klant.Text("url"))).ETag;
        (await Consumer.SendJson(method, klant.Text("url"), klant.With("voornaam", "Nieuw"))).ShouldBe(200);
        var after = (await Consumer.Get(klant.Text("url"), ("If-None-Match", before))).ShouldBe(200).ETag;
        Assert.NotEqual(before, after);
        (await Consumer.Get(klant.Text("url"), ("If-None-Match", after))).ShouldBe(304);
    }

    [Fact]
    public async Task A_change_that_is_undone_brings_the_ETag_back()
    {
        var klant = await AKlant();
        var before = (await Consumer.Get(klant.Text("url"))).ETag;
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'voornaam':'Nieuw'}"))).ShouldBe(200);
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'voornaam':''}"))).ShouldBe(200);
        (await Consumer.Patch(klant.Text("url"), new JsonObject())).ShouldBe(200);
        (await Consumer.Get(klant.Text("url"), ("If-None-Match", before))).ShouldBe(304);
    }

    [Theory]
    [InlineData(Klant)]
    [InlineData(AuditEntry)]
    public async Task The_same_resource_has_another_ETag_at_another_address(string resource)
    {
        var url = await Url(resource);
        var here = (await Consumer.Get(url)).ETag;
        var there = (await Consumer.Get(url, ("Host", "nlx.example"), ("If-None-Match", here))).ShouldBe(200).ETag;
        Assert.NotEqual(here, there);
    }

    [Fact]
    public async Task The_same_klant_has_another_ETag_at_a_public_address_of_the_configuration()
    {
        await using var api = await Api.ElsewhereAsync();
        var klant = await api.As(Applications.Alles).Created(NatuurlijkPersoon);
        var here = (await api.As(Applications.Alles).Get(klant.Text("url"))).ETag;
        await api.RestartAsync(("Klanten:PubliekeUrl", "https://nlx.example/gemeente"));
        var uuid = klant.Text("url").Split('/')[^1];
        var there = (await api.As(Applications.Alles).Get($"/klanten/{uuid}", ("If-None-Match", here))).ShouldBe(200);
        Assert.Equal($"https://nlx.example/gemeente/api/v1/klanten/{uuid}", there.Body.Text("url"));
        Assert.NotEqual(here, there.ETag);
    }

    [Fact]
    public async Task Lists_have_no_ETag()
    {
        var klant = await AKlant();
        Assert.Null((await Consumer.List($"bronorganisatie={Rsin}")).ShouldBe(200)["ETag"]);
        Assert.Null((await Consumer.Get($"{klant.Text("url")}/audittrail")).ShouldBe(200)["ETag"]);
    }

    [Fact]
    public async Task An_ETag_does_not_replace_a_token()
    {
        var url = await Url(Klant);
        var etag = (await Consumer.Get(url)).ETag;
        (await Api.Showing(null).Get(url, ("If-None-Match", etag))).ShouldBeProblem(403, "permission_denied");
        (await Api.As(Applications.Aanmaken).Get(url, ("If-None-Match", "*"))).ShouldBeProblem(403, "permission_denied");
        (await Consumer.Get(url, ("If-None-Match", etag), ("Accept", "text/html"))).ShouldBeProblem(406, "not_acceptable");
        (await Consumer.Get($"/klanten/{Guid.NewGuid()}", ("If-None-Match", "*"))).ShouldBeProblem(404, "not_found");
    }

    [Theory]
    [InlineData("If-Modified-Since", "Wed, 21 Oct 2065 07:28:00 GMT")]
    [InlineData("If-Unmodified-Since", "Wed, 21 Oct 2015 07:28:00 GMT")]
    [InlineData("Range", "bytes=0-1")]
    [InlineData("If-Range", "\"abc\"")]
    public async Task Other_conditions_are_ignored(string name, string value)
    {
        var klant = await AKlant();
        (await Consumer.Get(klant.Text("url"), (name, value))).ShouldBe(200).Body.ShouldEqual(klant);
        (await Consumer.Patch(klant.Text("url"), new JsonObject(), (name, value))).ShouldBe(200);
        (await Consumer.Put(klant.Text("url"), klant, (name, value))).ShouldBe(200);
        (await Consumer.Delete(klant.Text("url"), (name, value))).ShouldBe(204);
    }

    [Fact]
    public async Task If_None_Match_does_not_block_a_write()
    {
        var klant = (await Consumer.Post(NatuurlijkPersoon, ("If-None-Match", "*"))).ShouldBe(201).Body;
        (await Consumer.Patch(klant.Text("url"), new JsonObject(), ("If-None-Match", "*"))).ShouldBe(200);
        (await Consumer.Delete(klant.Text("url"), ("If-None-Match", "*"))).ShouldBe(204);
    }

    private async Task<string> Url(string resource)
    {
        var klant = await AKlant();
        return resource == Klant ? klant.Text("url") : $"{klant.Text("url")}/audittrail/{(await AuditTrail(klant))[0]!.Text("uuid")}";
    }
}
