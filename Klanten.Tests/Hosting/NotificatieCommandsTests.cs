using Klanten.Core.Model;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary><c>kanaal-registreren</c> and <c>notificaties-hervatten</c>, as an administrator types them.</summary>
public sealed class NotificatieCommandsTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_kanaal_is_registered_with_the_public_address_of_its_documentation()
    {
        await using var fakeApi = await FakeApi.StartAsync(http => FakeApi.With(http.Request.Method == "GET" ? 200 : 201, "[]")(http));
        var settings = new Dictionary<string, string?>(NotificatiesApi.SettingsOf(fakeApi.Root))
        {
            ["Klanten:PubliekeUrl"] = "https://klanten.example/api/v1/",
        };
        var (exitCode, output) = await KlantenProgram.RunAsync(folder.Path, settings, "kanaal-registreren");
        Assert.Equal((0, "Kanaal 'klanten' is registered."), (exitCode, output));
        Assert.Equal("https://klanten.example/api/v1/schema/openapi.yaml", (string?)fakeApi.Received[^1].Json["documentatieLink"]);
    }

    [Fact]
    public async Task A_kanaal_that_is_there_is_left_as_it_is()
    {
        await using var fakeApi = await FakeApi.StartAsync(FakeApi.With(200, """[{"naam": "klanten"}]"""));
        var (exitCode, output) = await KlantenProgram.RunAsync(folder.Path, NotificatiesApi.SettingsOf(fakeApi.Root), "kanaal-registreren");
        Assert.Equal((0, "Kanaal 'klanten' was registered already."), (exitCode, output));
        Assert.Single(fakeApi.Received);
    }

    [Fact]
    public async Task Of_a_refusal_only_the_status_is_printed()
    {
        await using var fakeApi = await FakeApi.StartAsync(FakeApi.With(403, """{"detail": "geheim"}"""));
        Assert.Equal(
            (1, "The Notificaties API answered 403."),
            await KlantenProgram.RunAsync(folder.Path, NotificatiesApi.SettingsOf(fakeApi.Root), "kanaal-registreren"));
    }

    [Fact]
    public async Task Without_a_Notificaties_API_there_is_nowhere_to_register()
    {
        var (exitCode, output) = await KlantenProgram.RunAsync(folder.Path, new Dictionary<string, string?>(), "kanaal-registreren");
        Assert.Equal(1, exitCode);
        Assert.Contains("Klanten:Notificaties:Url", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parked_notifications_are_resumed()
    {
        var cancel = TestContext.Current.CancellationToken;
        using (var database = new SqliteDatabase(new() { Pad = folder.Database }))
        {
            var klant = new Klant { Bronorganisatie = "999990639", Klantnummer = "1" };
            var (outbox, id) = (new SqliteOutbox(database), KlantId.New(klant.Bronorganisatie));
            await new SqliteKlantStore(database).CommitAsync(
                new()
                {
                    Id = id,
                    After = klant,
                    AfterJson = KlantJson.Write(klant),
                    Notificatie = new(id, "", Actie.Create, DateTimeOffset.UnixEpoch, null),
                },
                cancel);
            await outbox.FailedAsync((await outbox.LeaseAsync(1, DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1), cancel))[0], null, cancel);
        }
        var settings = new Dictionary<string, string?> { ["Klanten:Sqlite:Pad"] = folder.Database };
        Assert.Equal(
            (0, "1 notifications will be delivered again."),
            await KlantenProgram.RunAsync(folder.Path, settings, "notificaties-hervatten"));
        using var after = new SqliteDatabase(new() { Pad = folder.Database });
        Assert.Equal(
            (1, 0),
            ((await new SqliteOutbox(after).StatusAsync(cancel)) is { Waiting: var waiting, Parked: var parked })
                ? (waiting, parked)
                : default);
    }
}
