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
    [InlineData(Uuid + ".json")]
    [InlineData("3fa85f64-5717-4562-b3fc-2c963f66afag")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task A_klant_that_is_not_there_is_not_found_whatever_it_is_called(string uuid)
    {
        (await Consumer.Get($"/klanten/{uuid}")).ShouldBeProblem(404, "not_found");
        (await Consumer.Head($"/klanten/{uuid}")).ShouldBe(404);
        (await Consumer.Get($"/klanten/{uuid}/audittrail")).ShouldBeProblem(404, "not_found");
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
