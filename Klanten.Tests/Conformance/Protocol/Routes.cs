using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>Paths: to the letter, without a slash at the end; anything else is not found.</summary>
public abstract class Routes(KlantenApi api) : Chapter(api)
{
    private const string Uuid = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

    [Theory]
    [InlineData("/api/v1/onbekend")]
    [InlineData("/API/v1/klanten")]
    [InlineData("/api/V1/klanten")]
    [InlineData("/api/v1/Klanten")]
    [InlineData("/api/v1/KLANTEN")]
    [InlineData("/api/v1/klant")]
    [InlineData("/api/v1/klantenx")]
    [InlineData("/api/v1/klanten/")]
    [InlineData("/api/v1/klanten/?page=1")]
    [InlineData("/api/v1/klanten//")]
    [InlineData("/api/v1/klanten/UUID/")]
    [InlineData("/api/v1/klanten//UUID")]
    [InlineData("/api/v1/Klanten/UUID")]
    [InlineData("/api/v1/klanten/UUID/onbekend")]
    [InlineData("/api/v1/klanten/UUID/Audittrail")]
    [InlineData("/api/v1/klanten/UUID/audittrails")]
    [InlineData("/api/v1/klanten/UUID/audittrail/")]
    [InlineData("/api/v1/klanten/UUID//audittrail")]
    [InlineData("/api/v1/klanten//audittrail")]
    [InlineData("/api/v1/klanten/UUID/audittrail//UUID")]
    [InlineData("/api/v1/klanten/UUID/audittrail/UUID/")]
    [InlineData("/api/v1/klanten/UUID/audittrail/UUID/x")]
    [InlineData("/api/v1/klanten/UUID/UUID")]
    [InlineData("/api/v1/klanten;x=y")]
    [InlineData("/api/v1/klanten%20")]
    [InlineData("/api/v1/klanten%2F")]
    public async Task A_path_that_the_standard_does_not_have_is_not_found(string path)
    {
        var klant = await AKlant();
        path = path.Replace("UUID", klant.Text("url").Split('/')[^1], StringComparison.Ordinal);
        (await Get(path, ("Authorization", $"Bearer {Token.Of(Applications.Alles)}"))).ShouldBeProblem(404, "not_found");
        (await Get(path)).ShouldBeProblem(404, "not_found");
    }

    [Theory]
    [InlineData("/onbekend")]
    [InlineData("/api/klanten")]
    [InlineData("/api/v2/klanten")]
    [InlineData("/api/v1x/klanten")]
    [InlineData("/api/v1.0/klanten")]
    [InlineData("/v1/klanten")]
    [InlineData("/klanten")]
    [InlineData("//api/v1/klanten")]
    [InlineData("/api//v1/klanten")]
    [InlineData("/api/v1//klanten")]
    [InlineData("/api/v1%2Fklanten")]
    public async Task A_path_outside_the_standards_is_not_found(string path)
    {
        ShouldBeOutside(path, await Get(path, ("Authorization", $"Bearer {Token.Of(Applications.Alles)}")));
        ShouldBeOutside(path, await Get(path));
    }

    [Theory]
    [InlineData("POST", "/api/v1/klanten/")]
    [InlineData("PUT", "/api/v1/onbekend")]
    [InlineData("PATCH", "/api/v1/Klanten")]
    [InlineData("DELETE", "/api/v1/onbekend")]
    [InlineData("OPTIONS", "/api/v1/onbekend")]
    [InlineData("TRACE", "/api/v1/onbekend")]
    [InlineData("FOO", "/api/v1/onbekend")]
    public async Task A_path_is_not_found_by_any_method(string method, string path) =>
        (await RawHttp.SendAsync(Api.Root, method, path, [])).ShouldBeProblem(404, "not_found");

    [Theory]
    [InlineData("niet-een-uuid")]
    [InlineData("1")]
    [InlineData("%20")]
    [InlineData("%C3%A9")]
    [InlineData("..x")]
    [InlineData(Uuid)]
    [InlineData(Uuid + "x")]
    [InlineData("x" + Uuid)]
    [InlineData(Uuid + "%20")]
    [InlineData("%7B" + Uuid)]
    [InlineData("(" + Uuid + ")")]
    [InlineData(Uuid + ".json")]
    [InlineData("3fa85f64-5717-4562-b3fc-2c963f66afag")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task A_klant_that_is_not_there_is_not_found_whatever_it_is_called(string uuid)
    {
        (await Consumer.Get($"/klanten/{uuid}")).ShouldBeProblem(404, "not_found");
        (await Consumer.Head($"/klanten/{uuid}")).ShouldBe(404);
        (await Consumer.Get($"/klanten/{uuid}/audittrail")).ShouldBeProblem(404, "not_found");
    }

    [Theory]
    [InlineData("%20{0}")]
    [InlineData("{0}%20")]
    [InlineData("{0}%0A")]
    [InlineData("%09{0}")]
    [InlineData("{0}%C2%A0")]
    [InlineData("{0}%E3%80%80")]
    [InlineData("%20%7B{0}%7D")]
    [InlineData("%7B%20{0}%7D")]
    [InlineData("({0})")]
    [InlineData("0x{1}")]
    [InlineData("+{1}")]
    [InlineData("URN:UUID:{0}")]
    public async Task Nothing_around_a_uuid_is_taken_away(string form)
    {
        var klant = await AKlant();
        var entry = (await AuditTrail(klant))[0]!.Text("uuid");
        var uuid = klant.Text("url").Split('/')[^1];
        (await Consumer.Get($"/klanten/{Formed(uuid)}")).ShouldBeProblem(404, "not_found");
        (await Consumer.Get($"/klanten/{Formed(uuid)}/audittrail")).ShouldBeProblem(404, "not_found");
        (await Consumer.Get($"/klanten/{uuid}/audittrail/{Formed(entry)}")).ShouldBeProblem(404, "not_found");
        (await Consumer.Patch($"/klanten/{Formed(uuid)}", new JsonObject())).ShouldBeProblem(404, "not_found");
        (await Consumer.Delete($"/klanten/{Formed(uuid)}")).ShouldBeProblem(404, "not_found");

        // The second place is for forms with characters in front, which .NET accepts in a number.
        string Formed(string text) =>
            form.Replace("{0}", text, StringComparison.Ordinal).Replace("{1}", text[1..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("%7B{0}%7D")]
    [InlineData("urn:uuid:{0}")]
    public async Task A_uuid_may_be_spelled_as_the_reference_allows(string form)
    {
        var klant = await AKlant();
        var entry = (await AuditTrail(klant))[0]!.Text("uuid");
        var uuid = klant.Text("url").Split('/')[^1];
        foreach (var (one, other) in new[]
        {
            (uuid, entry), (uuid.ToUpperInvariant(), entry.ToUpperInvariant()),
            (uuid.Replace("-", "", StringComparison.Ordinal), entry.Replace("-", "", StringComparison.Ordinal)),
        })
        {
            (await Consumer.Get($"/klanten/{Formed(one)}")).ShouldBe(200).Body.ShouldEqual(klant);
            (await Consumer.Get($"/klanten/{Formed(one)}/audittrail/{Formed(other)}")).ShouldBe(200);
        }

        string Formed(string text) => form.Replace("{0}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_may_be_escaped_where_it_need_not_be()
    {
        var answer = await Get("/api/v1/kl%61nten?bronorganisatie=" + Rsin, ("Authorization", $"Bearer {Token.Of(Applications.Alles)}"));
        answer.ShouldList();
    }

    /// <summary>The answer to a path that is not beneath /api/v1. A host in front may have an answer of its own.</summary>
    protected virtual void ShouldBeOutside(string path, Answer answer) => answer.ShouldBeProblem(404, "not_found");

    private Task<Answer> Get(string path, params (string, string)[] headers) => RawHttp.SendAsync(Api.Root, "GET", path, null, headers);
}
