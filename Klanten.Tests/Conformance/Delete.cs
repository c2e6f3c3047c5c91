using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>klant_delete: afterwards there is no klant, no trail, and its key is free.</summary>
public abstract class Delete(KlantenApi api) : Chapter(api)
{
    [Fact]
    public async Task A_klant_that_was_deleted_is_gone_for_every_operation()
    {
        var klant = await AKlant();
        var url = klant.Text("url");
        var regel = (await AuditTrail(klant))[0]!.Text("uuid");
        (await Consumer.Delete(url)).ShouldBe(204);

        (await Consumer.Get(url)).ShouldBeProblem(404, "not_found");
        (await Consumer.Head(url)).ShouldBe(404);
        (await Consumer.Put(url, NatuurlijkPersoon)).ShouldBeProblem(404, "not_found");
        (await Consumer.Patch(url, Json.Of("{'achternaam':'x'}"))).ShouldBeProblem(404, "not_found");
        (await Consumer.Delete(url)).ShouldBeProblem(404, "not_found");
        (await Consumer.Get($"{url}/audittrail")).ShouldBeProblem(404, "not_found");
        (await Consumer.Get($"{url}/audittrail/{regel}")).ShouldBeProblem(404, "not_found");
        (await Consumer.List($"bronorganisatie={Rsin}")).ShouldList();
    }

    [Fact]
    public async Task Other_klanten_stay()
    {
        var (first, second, third) = (await AKlant(), await AKlant(), await AKlant());
        (await Consumer.Delete(second.Text("url"))).ShouldBe(204);
        (await Consumer.List($"bronorganisatie={Rsin}")).ShouldList(first, third);
    }

    [Fact]
    public async Task The_klantnummer_may_be_used_again()
    {
        var klant = await AKlant(("klantnummer", "K1"));
        (await Consumer.Delete(klant.Text("url"))).ShouldBe(204);
        var next = await AKlant(("klantnummer", "K1"));
        Assert.NotEqual(klant.Text("url"), next.Text("url"));
        Assert.Single(await AuditTrail(next));
    }

    [Fact]
    public async Task A_body_is_not_looked_at()
    {
        (await Consumer.SendText("DELETE", (await AKlant()).Text("url"), "{'a':")).ShouldBe(204);
        (await Consumer.SendText("DELETE", (await AKlant()).Text("url"), "x", ("Content-Type", "text/plain"))).ShouldBe(204);
    }

    [Theory]
    [InlineData("3fa85f64-5717-4562-b3fc-2c963f66afa6")]
    [InlineData("niet-een-uuid")]
    public async Task What_is_not_there_cannot_be_deleted(string uuid) =>
        (await Consumer.Delete($"/klanten/{uuid}")).ShouldBeProblem(404, "not_found");
}
