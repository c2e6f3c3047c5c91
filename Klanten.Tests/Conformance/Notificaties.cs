using System.Text;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>The notifications: one for every write that succeeded, and no others.</summary>
public abstract class Notificaties(KlantenApi api) : Chapter(api), IAsyncLifetime
{
    private readonly NotificatiesApi server = new();
    private KlantenApi publishing = null!;

    private Consumer Publisher => publishing.As(Applications.Alles);

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        publishing = await Api.ElsewhereAsync(NotificatiesApi.SettingsOf(server.Root));
    }

    public async ValueTask DisposeAsync()
    {
        await publishing.DisposeAsync();
        await server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(NatuurlijkPersoonType)]
    [InlineData(NietNatuurlijkPersoonType)]
    [InlineData(VestigingType)]
    [InlineData("")]
    [InlineData(null)]
    public async Task Every_write_is_notified_in_order(string? subjectType)
    {
        var klant = await Publisher.Created(Klant(Rsin).With("subject", Subjects.Found()).With("subjectType", subjectType));
        (await Publisher.Put(klant.Text("url"), Klant(Rsin).With("achternaam", "x"))).ShouldBe(200);
        (await Publisher.Patch(klant.Text("url"), Json.Of("{'achternaam':'y'}"))).ShouldBe(200);
        (await Publisher.Delete(klant.Text("url"))).ShouldBe(204);

        var told = await server.UntilDestroyed(klant);
        Assert.Equal(["create", "update", "partial_update", "destroy"], told.Select(n => n.Text("actie")));
        Assert.All(told, n => n.ShouldEqual(new JsonObject
        {
            ["kanaal"] = "klanten",
            ["hoofdObject"] = klant.Text("url"),
            ["resource"] = "klant",
            ["resourceUrl"] = klant.Text("url"),
            ["actie"] = n.Text("actie"),
            ["aanmaakdatum"] = n.Text("aanmaakdatum"),
            ["kenmerken"] = new JsonObject { ["subjectType"] = subjectType },
        }));
        Assert.All(told, n => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", n.Text("aanmaakdatum")));
    }

    [Fact]
    public async Task A_notification_is_posted_with_a_token_of_our_own()
    {
        await Publisher.Created(NatuurlijkPersoon);
        var request = (await server.Next()).Request;
        Assert.Equal(("POST", "/api/v1/notificaties", "application/json"), (request.Method, request.PathAndQuery, request["Content-Type"]));
        var token = request["Authorization"]!.Split(' ');
        Assert.Equal("Bearer", token[0]);
        Assert.Equal(NotificatiesApi.ClientId, Token.ClaimsOf(token[1], NotificatiesApi.Secret).Text("client_id"));
    }

    [Fact]
    public async Task A_refused_write_is_not_notified()
    {
        var klant = await Publisher.Created(NatuurlijkPersoon);
        var url = klant.Text("url");
        (await Publisher.Patch(url, Json.Of("{'emailadres':'x'}"))).ShouldBe(400);
        (await Publisher.Put(url, new JsonObject())).ShouldBe(400);
        (await Publisher.Post(klant)).ShouldBe(400);
        (await publishing.As(Applications.Lezen).Delete(url)).ShouldBe(403);
        (await Publisher.Get(url)).ShouldBe(200);
        (await Publisher.Delete(url)).ShouldBe(204);
        Assert.Equal(["create", "destroy"], (await server.UntilDestroyed(klant)).Select(n => n.Text("actie")));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_is_notified_too()
    {
        var klant = await Publisher.Created(NatuurlijkPersoon);
        (await Publisher.Patch(klant.Text("url"), new JsonObject())).ShouldBe(200);
        (await Publisher.Delete(klant.Text("url"))).ShouldBe(204);
        Assert.Equal(["create", "partial_update", "destroy"], (await server.UntilDestroyed(klant)).Select(n => n.Text("actie")));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(503)]
    public async Task A_notification_that_was_refused_is_delivered_later_and_does_not_block_the_write(int status)
    {
        server.Refuse(status);
        var klant = await Publisher.Created(NatuurlijkPersoon);
        (await Publisher.Patch(klant.Text("url"), new JsonObject())).ShouldBe(200);
        var (first, again, next) = (await server.Next(), await server.Next(), await server.Next());
        Assert.Equal((status, "create"), (first.Answer, first.Body.Text("actie")));
        again.Body.ShouldEqual(first.Body);
        Assert.Equal((201, "partial_update"), (next.Answer, next.Body.Text("actie")));
    }

    [Fact]
    public async Task A_write_succeeds_when_the_Notificaties_API_cannot_be_reached()
    {
        await using var alone = await Api.ElsewhereAsync(NotificatiesApi.SettingsOf(Subjects.Unreachable));
        var klant = await alone.As(Applications.Alles).Created(NatuurlijkPersoon);
        (await alone.As(Applications.Alles).Patch(klant.Text("url"), new JsonObject())).ShouldBe(200);
        (await alone.As(Applications.Alles).Delete(klant.Text("url"))).ShouldBe(204);
    }

    [Fact]
    public async Task A_notification_names_the_klant_as_the_consumer_of_the_write_called_it()
    {
        var body = Encoding.UTF8.GetBytes(Json.Write(NatuurlijkPersoon));
        var klant = (await Publisher.Send("POST", "/klanten", body, ("Content-Type", "application/json"), ("Host", "klanten.example")))
            .ShouldBe(201).Body;
        Assert.StartsWith("http://klanten.example/", klant.Text("url"), StringComparison.Ordinal);
        Assert.Equal(klant.Text("url"), (await server.Next()).Body.Text("hoofdObject"));
    }
}
