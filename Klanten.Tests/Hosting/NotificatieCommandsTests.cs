using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary><c>kanaal-registreren</c>, <c>notificaties</c> and <c>notificaties-hervatten</c>, as an administrator types them.</summary>
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
    public async Task Of_a_refusal_the_status_is_printed_and_not_the_answer()
    {
        await using var fakeApi = await FakeApi.StartAsync(FakeApi.With(403, """{"detail": "geheim"}"""));
        var (exitCode, output) = await KlantenProgram.RunAsync(
            folder.Path, NotificatiesApi.SettingsOf(fakeApi.Root), "kanaal-registreren");
        Assert.Equal(1, exitCode);
        Assert.Contains("The Notificaties API answered 403.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", output, StringComparison.Ordinal);
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
        using (var database = new SqliteDatabase(new() { Pad = folder.Database })) await GivenParkedAsync(database);
        Assert.Equal((0, "1 notifications will be delivered again."), await RunAsync("notificaties-hervatten"));
        Assert.Equal((1, 0), await CountAsync());
    }

    [Fact]
    public async Task What_waits_for_its_next_attempt_is_due_after_notificaties_hervatten()
    {
        using (var database = new SqliteDatabase(new() { Pad = folder.Database }))
        {
            var entry = await GivenLeasedAsync(database);
            await new SqliteOutbox(database).FailedAsync(entry, DateTimeOffset.UtcNow.AddMinutes(10), Cancellation);
        }
        var (exitCode, output) = await RunAsync("notificaties-hervatten");
        Assert.Equal(0, exitCode);
        Assert.EndsWith("1 notifications that waited for their next attempt are due now.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_outbox_is_listed_beside_a_program_that_has_it_open_and_without_personal_data()
    {
        using var database = new SqliteDatabase(new() { Pad = folder.Database });
        var parked = await GivenParkedAsync(database);
        var waiting = (await GivenLeasedAsync(database)).Notificatie.Klant;
        var (exitCode, output) = await RunAsync("notificaties");
        Assert.Equal(0, exitCode);
        var lines = output.Split('\n');
        Assert.Equal("1 notifications wait, 1 are parked.", lines[0]);
        Assert.Matches($"^parked +2026-11-23T12:00:00Z .* 1 +- +create +{parked}$", lines[2]);
        Assert.Matches($"^waiting +2026-11-23T12:00:00Z .* 1 +20[0-9TZ:-]+ +create +{waiting}$", lines[3]);
        Assert.Equal(4, lines.Length);
        Assert.DoesNotContain("klanten.example", output, StringComparison.Ordinal);
        Assert.DoesNotContain("999990639", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_outbox_is_listed_as_far_as_asked_for()
    {
        using var database = new SqliteDatabase(new() { Pad = folder.Database });
        for (var i = 0; i < 5; i++) await GivenLeasedAsync(database);
        var (exitCode, output) = await RunAsync("notificaties", "--aantal", "2");
        Assert.Equal(0, exitCode);
        Assert.EndsWith("3 more are newer; --aantal N prints more.", output, StringComparison.Ordinal);
        Assert.Equal(5, output.Split('\n').Length);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("100001")]
    [InlineData("veel")]
    public async Task An_impossible_number_of_notifications_is_refused(string count)
    {
        var (exitCode, output) = await RunAsync("notificaties", "--aantal", count);
        Assert.Equal(1, exitCode);
        Assert.Contains("--aantal", output, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<(int ExitCode, string Output)> RunAsync(params string[] args) =>
        KlantenProgram.RunAsync(folder.Path, new Dictionary<string, string?> { ["Klanten:Sqlite:Pad"] = folder.Database }, args);

    private async Task<(long Waiting, long Parked)> CountAsync()
    {
        using var database = new SqliteDatabase(new() { Pad = folder.Database });
        var status = await new SqliteOutbox(database).StatusAsync(Cancellation);
        return (status.Waiting, status.Parked);
    }

    private static async Task<KlantId> GivenParkedAsync(SqliteDatabase database)
    {
        var entry = await GivenLeasedAsync(database);
        await new SqliteOutbox(database).FailedAsync(entry, null, Cancellation);
        return entry.Notificatie.Klant;
    }

    private static async Task<OutboxEntry> GivenLeasedAsync(SqliteDatabase database)
    {
        var id = KlantId.New("999990639");
        var klant = new Klant { Bronorganisatie = "999990639", Klantnummer = $"{id}"[..8] };
        var since = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        await new SqliteKlantStore(database).CommitAsync(
            new()
            {
                Id = id,
                After = klant,
                AfterJson = KlantJson.Write(klant),
                Notificatie = new(id, $"https://klanten.example/api/v1/klanten/{id}", Actie.Create, since, null),
            },
            Cancellation);
        return Assert.Single(await new SqliteOutbox(database).LeaseAsync(10, DateTimeOffset.UtcNow, OutboxTimes.Lease, Cancellation));
    }
}
