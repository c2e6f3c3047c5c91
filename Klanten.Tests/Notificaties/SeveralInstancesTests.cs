using Klanten.Core.Ports;
using Klanten.Tests.Storage.Cosmos;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.Notificaties;

/// <summary>Two instances of the program on one store: at once on Cosmos DB, one after the other on a SQLite file.</summary>
public sealed class SeveralInstancesTests(CosmosAccount account)
{
    [Fact]
    public async Task They_share_the_work_and_send_nothing_twice()
    {
        await using var store = new CosmosContainer(account);
        await store.InitializeAsync();
        await using var fakeApi = await FakeApi.StartAsync(FakeApi.With(201));
        var settings = new Dictionary<string, string?>(NotificatiesApi.SettingsOf(fakeApi.Root).Concat(store.Settings));
        await using (var first = await KlantenHost.StartAsync(settings))
        await using (var second = await KlantenHost.StartAsync(settings))
        {
            var outbox = first.Services.GetRequiredService<IOutbox>();
            var urls = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? first : second).Client.CreateAsync()));
            await Eventually.TrueAsync(
                async () => (await outbox.StatusAsync(TestContext.Current.CancellationToken)).Waiting == 0, "all are published");
            Assert.Equal(urls.Order(), fakeApi.Received.Select(r => (string)r.Json["hoofdObject"]!).Order());
        }
    }

    [Fact]
    public async Task One_delivers_what_the_other_left_behind()
    {
        using var folder = new TempFolder();
        await using var fakeApi = await FakeApi.StartAsync(FakeApi.With(503));
        var settings = new Dictionary<string, string?>(NotificatiesApi.SettingsOf(fakeApi.Root))
        {
            ["Klanten:Sqlite:Pad"] = folder.Database,
        };
        string url;
        await using (var first = await KlantenHost.StartAsync(settings)) url = await first.Client.CreateAsync();
        fakeApi.Answer = FakeApi.With(201);
        var later = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(20));
        await using var second = await KlantenHost.StartAsync(settings, services => services.AddSingleton<TimeProvider>(later));
        var outbox = second.Services.GetRequiredService<IOutbox>();
        await Eventually.TrueAsync(
            async () => (await outbox.StatusAsync(TestContext.Current.CancellationToken)).Waiting == 0, "it is published");
        Assert.Equal(url, (string?)fakeApi.Received[^1].Json["hoofdObject"]);
    }
}
