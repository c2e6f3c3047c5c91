using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>
/// A register with several public addresses (Klanten:PubliekeUrls): an answer has the address that was asked, and what is recorded has
/// the first.
/// </summary>
public abstract class PublicAddresses(KlantenApi api) : Chapter(api), IAsyncLifetime
{
    private const string First = "http://klanten.example";
    private const string Second = "http://nlx.example:8080";

    private static readonly (string, string) AtFirst = ("Host", "klanten.example");
    private static readonly (string, string) AtSecond = ("Host", "nlx.example:8080");

    private readonly NotificatiesApi notificaties = new();
    private KlantenApi register = null!;

    private Consumer Known => register.As(Applications.Alles);

    public async ValueTask InitializeAsync()
    {
        await notificaties.InitializeAsync();
        register = await Api.ElsewhereAsync(new Dictionary<string, string?>(NotificatiesApi.SettingsOf(notificaties.Root))
        {
            ["Klanten:PubliekeUrls:0"] = First,
            ["Klanten:PubliekeUrls:1"] = Second + "/api/v1/",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await register.DisposeAsync();
        await notificaties.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_URL_in_an_answer_has_the_address_that_was_asked()
    {
        foreach (var (host, root) in new[] { (AtSecond, Second), (AtFirst, First), (AtSecond, Second) })
        {
            var created = (await Known.Post(NatuurlijkPersoon, host)).ShouldBe(201);
            var path = new Uri(created.Body.Text("url")).AbsolutePath["/api/v1".Length..];
            var url = $"{root}/api/v1{path}";
            Assert.Equal((url, url), (created.Body.Text("url"), created["Location"]));
            Assert.Equal(url, (await Known.Get(path, host)).Body.Text("url"));
            Assert.Equal(url, (await Known.Patch(path, new JsonObject(), host)).Body.Text("url"));
            Assert.Equal(url, (await Known.Put(path, created.Body, host)).Body.Text("url"));
            Assert.All(
                (await Known.Get("/klanten", host)).Results,
                klant => Assert.StartsWith(root, klant!.Text("url"), StringComparison.Ordinal));
            Assert.StartsWith($"{root}/ref/fouten/", (await Known.Get("/klanten/x", host)).Body.Text("type"), StringComparison.Ordinal);
            Assert.StartsWith($"{root}/ref/", (await Known.Post(new JsonObject(), host)).Body.Text("type"), StringComparison.Ordinal);
            Assert.Equal($"{root}/api/v1/klanten", (await Known.Get("/", host)).Body.Text("klanten"));
        }
    }

    [Fact]
    public async Task The_pages_of_a_list_are_at_the_address_that_was_asked()
    {
        for (var i = 0; i < 101; i++) await Known.Created(NatuurlijkPersoon);
        foreach (var (host, root) in new[] { (AtFirst, First), (AtSecond, Second) })
        {
            var list = $"{root}/api/v1/klanten?bronorganisatie={Rsin}";
            var query = $"/klanten?bronorganisatie={Rsin}";
            Assert.Equal($"{list}&page=2", (await Known.Get(query, host)).Body.Text("next"));
            Assert.Equal(list, (await Known.Get($"{query}&page=2", host)).Body.Text("previous"));
        }
    }

    [Fact]
    public async Task A_klant_has_an_ETag_at_each_address()
    {
        var path = await PathOfKlant();
        var (first, second) = ((await Known.Get(path, AtFirst)).ETag, (await Known.Get(path, AtSecond)).ETag);
        Assert.NotEqual(first, second);
        (await Known.Get(path, AtFirst, ("If-None-Match", second))).ShouldBe(200);
        (await Known.Get(path, AtSecond, ("If-None-Match", second))).ShouldBe(304);
        (await Known.Patch(path, new JsonObject(), AtFirst, ("If-Match", second))).ShouldBeProblem(412, "precondition_failed");
        (await Known.Patch(path, new JsonObject(), AtSecond, ("If-Match", second))).ShouldBe(200);
        var now = (await Known.Get(path, AtSecond)).ETag;
        (await Known.Delete(path, AtFirst, ("If-Match", now))).ShouldBeProblem(412, "precondition_failed");
        (await Known.Delete(path, AtSecond, ("If-Match", now))).ShouldBe(204);
    }

    [Theory]
    [InlineData("elders.example")]
    [InlineData("nlx.example")]
    [InlineData("nlx.example:8081")]
    [InlineData("klanten.example.elders.example")]
    [InlineData("klanten.example:8080")]
    [InlineData("127.0.0.1")]
    public async Task An_address_that_is_not_listed_is_not_told(string host)
    {
        var path = await PathOfKlant();
        Assert.StartsWith(First + "/", (await Known.Get(path, ("Host", host))).Body.Text("url"), StringComparison.Ordinal);
        Assert.StartsWith(First + "/", (await Known.Get("/klanten/x", ("Host", host))).Body.Text("type"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NLX.example:8080", Second)]
    [InlineData("klanten.example:80", First)]
    public async Task A_host_may_be_spelled_otherwise(string host, string root) =>
        Assert.Equal($"{root}/api/v1/klanten", (await Known.Get("/", ("Host", host))).Body.Text("klanten"));

    [Fact]
    public async Task An_audit_trail_has_the_first_address_whatever_was_asked()
    {
        var path = await PathOfKlant();
        (await Known.Patch(path, new JsonObject(), AtSecond)).ShouldBe(200);
        var trail = (await Known.Get($"{path}/audittrail", AtSecond)).Json!.AsArray();
        Assert.Equal(2, trail.Count);
        var url = $"{First}/api/v1{path}";
        Assert.All(trail, entry => Assert.Equal(
            (url, url, url),
            (entry!.Text("hoofdObject"), entry!.Text("resourceUrl"), entry!.Text("wijzigingen.nieuw.url"))));
        Assert.Equal(url, trail[1]!.Text("wijzigingen.oud.url"));
        trail.ShouldEqual((await Known.Get($"{path}/audittrail", AtFirst)).Json);
        var one = $"{path}/audittrail/{trail[1]!.Text("uuid")}";
        (await Known.Get(one, AtSecond)).Json.ShouldEqual(trail[1]);
        (await Known.Get(one, AtFirst, ("If-None-Match", (await Known.Get(one, AtSecond)).ETag))).ShouldBe(304);
    }

    [Fact]
    public async Task A_notification_has_the_first_address_whatever_was_asked()
    {
        var klant = (await Known.Post(NatuurlijkPersoon, AtSecond)).ShouldBe(201).Body;
        var path = new Uri(klant.Text("url")).AbsolutePath["/api/v1".Length..];
        (await Known.Put(path, NatuurlijkPersoon, AtSecond)).ShouldBe(200);
        (await Known.Patch(path, new JsonObject(), AtSecond)).ShouldBe(200);
        (await Known.Delete(path, AtSecond)).ShouldBe(204);
        foreach (var actie in new[] { "create", "update", "partial_update", "destroy" })
        {
            var told = (await notificaties.Next()).Body;
            var url = $"{First}/api/v1{path}";
            Assert.Equal((actie, url, url), (told.Text("actie"), told.Text("hoofdObject"), told.Text("resourceUrl")));
        }
    }

    /// <summary>A klant, below the base URL.</summary>
    private async Task<string> PathOfKlant() =>
        new Uri((await Known.Created(NatuurlijkPersoon)).Text("url")).AbsolutePath["/api/v1".Length..];
}
