using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Klanten.Core.Ports;
using Klanten.Functions.Notificaties;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.Notificaties;

/// <summary>From a write over HTTP to the Notificaties API, with a clock that the test moves.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private readonly WallClock clock = new();
    private FakeApi fakeApi = null!;
    private KlantenHost program = null!;

    private IReadOnlyList<string> Delivered => [.. fakeApi.Received.Select(r => (string)r.Json["actie"]!)];

    private OutboxStatus Status =>
        program.Services.GetRequiredService<IOutbox>().StatusAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();

    public async ValueTask InitializeAsync()
    {
        fakeApi = await FakeApi.StartAsync(FakeApi.With(201, "{}"));
        program = await KlantenHost.StartAsync(
            NotificatiesApi.SettingsOf(fakeApi.Root), services => services.AddSingleton<TimeProvider>(clock));
    }

    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        await fakeApi.DisposeAsync();
    }

    [Theory]
    [InlineData("POST", "create")]
    [InlineData("PUT", "update")]
    [InlineData("PATCH", "partial_update")]
    [InlineData("DELETE", "destroy")]
    public async Task Every_write_is_published(string method, string actie)
    {
        var url = await program.Client.CreateAsync();
        if (method != "POST") (await program.Client.SendAsync(method, url, Bodies.NumberedKlant())).EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => Delivered.Count > 0 && Delivered[^1] == actie, $"{actie} is published");
        Assert.Equal((url, url), ((string?)fakeApi.Received[^1].Json["hoofdObject"], (string?)fakeApi.Received[^1].Json["resourceUrl"]));
    }

    [Fact]
    public async Task An_update_without_a_change_is_published()
    {
        await program.Client.SendAsync("PATCH", await program.Client.CreateAsync(), new JsonObject());
        await Eventually.TrueAsync(() => Delivered.SequenceEqual(["create", "partial_update"]), "both are published");
    }

    [Fact]
    public async Task What_is_read_or_refused_is_not_published()
    {
        var url = await program.Client.CreateAsync();
        await program.Client.SendAsync("GET", url);
        await program.Client.SendAsync("GET", "klanten");
        await program.Client.SendAsync("PATCH", url, JsonNode.Parse("""{"bronorganisatie": "1"}"""));
        await program.Client.SendAsync("DELETE", $"klanten/{Guid.NewGuid()}");
        await program.Client.SendAsync("DELETE", url);
        await Eventually.TrueAsync(() => Delivered.Contains("destroy"), "the last write is published");
        Assert.Equal(["create", "destroy"], Delivered);
    }

    [Fact]
    public async Task The_moment_is_that_of_the_audit_trail()
    {
        var url = await program.Client.CreateAsync();
        var trail = await (await program.Client.SendAsync("GET", $"{url}/audittrail")).JsonAsync();
        await Eventually.TrueAsync(() => Delivered.Count == 1, "it is published");
        Assert.Equal((string?)trail[0]!["aanmaakdatum"], (string?)fakeApi.Received[0].Json["aanmaakdatum"]);
    }

    [Fact]
    public async Task A_write_does_not_wait_for_a_Notificaties_API_that_hangs()
    {
        fakeApi.Answer = http => Task.Delay(Timeout.Infinite, http.RequestAborted);
        await program.Client.CreateAsync();
        await Eventually.TrueAsync(() => Delivered.Count == 1, "the other API is called");
        await program.Client.CreateAsync();
        Assert.Equal(2, Status.Waiting);
    }

    [Fact]
    public async Task A_write_succeeds_when_the_Notificaties_API_fails_and_is_published_later()
    {
        fakeApi.Answer = FakeApi.With(500);
        await program.Client.CreateAsync();
        await Eventually.TrueAsync(() => Delivered.Count == 1, "it is tried");
        fakeApi.Answer = FakeApi.With(201);
        await AdvanceUntilAsync(() => Status.Waiting == 0, "it is published");
        Assert.Equal(["create", "create"], Delivered);
    }

    [Fact]
    public async Task What_failed_is_not_tried_again_before_its_time()
    {
        fakeApi.Answer = FakeApi.With(500);
        await program.Client.CreateAsync();
        await Eventually.TrueAsync(() => Delivered.Count == 1, "it is tried");
        fakeApi.Answer = FakeApi.With(201);
        // Each of these wakes the dispatcher; the one that failed must still wait, because the clock does not advance.
        for (var i = 0; i < 5; i++) await program.Client.CreateAsync();
        await Eventually.TrueAsync(() => Status.Waiting == 1, "the others are published");
        Assert.Equal(6, Delivered.Count);
    }

    [Fact]
    public async Task Notifications_of_one_klant_arrive_in_order_although_some_fail_at_first()
    {
        var failures = 0;
        var taken = new ConcurrentQueue<string>();
        fakeApi.Answer = async http =>
        {
            var fails = Interlocked.Increment(ref failures) % 2 == 1;
            if (!fails) taken.Enqueue((string)FakeApi.Request(http).Json["actie"]!);
            await FakeApi.With(fails ? 503 : 201)(http);
        };
        var url = await program.Client.CreateAsync();
        await program.Client.SendAsync("PUT", url, Bodies.NumberedKlant());
        await program.Client.SendAsync("PATCH", url, new JsonObject());
        await program.Client.SendAsync("DELETE", url);
        await AdvanceUntilAsync(() => Status.Waiting == 0, "all are published");
        Assert.Equal(["create", "update", "partial_update", "destroy"], taken);
    }

    [Fact]
    public async Task One_klant_that_is_not_taken_does_not_hold_up_another()
    {
        var first = await program.Client.CreateAsync();
        await Eventually.TrueAsync(() => Status.Waiting == 0, "the first is published");
        fakeApi.Answer = http => FakeApi.With((string?)FakeApi.Request(http).Json["hoofdObject"] == first ? 400 : 201)(http);
        await program.Client.SendAsync("PATCH", first, new JsonObject());
        await Eventually.TrueAsync(() => Delivered.Count == 2, "the first is refused");
        var second = await program.Client.CreateAsync();
        await Eventually.TrueAsync(() => Status.Waiting == 1, "the second is published");
        Assert.Equal(second, (string?)fakeApi.Received[^1].Json["hoofdObject"]);
    }

    [Fact]
    public async Task After_many_attempts_it_is_parked_and_not_dropped()
    {
        fakeApi.Answer = FakeApi.With(500);
        await program.Client.CreateAsync();
        await AdvanceUntilAsync(() => Status.Parked == 1, "it is parked");
        Assert.Equal((RetrySchedule.MaxAttempts, 0L), (Delivered.Count, Status.Waiting));
    }

    [Fact]
    public async Task What_was_parked_is_published_once_it_is_resumed()
    {
        fakeApi.Answer = FakeApi.With(500);
        await program.Client.CreateAsync();
        await AdvanceUntilAsync(() => Status.Parked == 1, "it is parked");
        fakeApi.Answer = FakeApi.With(201);
        await program.Services.GetRequiredService<IOutbox>().ResumeAsync(clock.GetUtcNow(), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Status is { Parked: 0, Waiting: 0 }, "it is published");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public async Task A_clock_that_is_set_back_delays_neither_a_retry_nor_what_waits_behind_it(int minutes)
    {
        fakeApi.Answer = FakeApi.With(500);
        var url = await program.Client.CreateAsync();
        await program.Client.SendAsync("PATCH", url, new JsonObject());
        await Eventually.TrueAsync(() => Delivered.Count == 1, "the first attempt fails");
        fakeApi.Answer = FakeApi.With(201);
        clock.Set(TimeSpan.FromMinutes(-minutes));
        // The retry is due after a second; the clock stops well before it has made up for the shortest time that it is set back.
        var (step, stepsLeft) = (TimeSpan.FromMilliseconds(100), 300);
        await Eventually.TrueAsync(
            () =>
            {
                if (stepsLeft-- > 0) clock.Advance(step);
                return Status.Waiting == 0;
            },
            "both are published");
        Assert.Equal(["create", "create", "partial_update"], Delivered);
    }

    [Fact]
    public async Task A_burst_is_published_once_each()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => program.Client.CreateAsync()));
        await Eventually.TrueAsync(() => Status.Waiting == 0, "all are published");
        Assert.Equal((200, 200), (Delivered.Count, fakeApi.Received.Select(r => (string?)r.Json["hoofdObject"]).Distinct().Count()));
    }

    [Fact]
    public async Task Without_a_Notificaties_API_nothing_is_kept_to_be_published()
    {
        await using var alone = await KlantenHost.StartAsync();
        await alone.Client.CreateAsync();
        Assert.Equal(0, (await alone.Services.GetRequiredService<IOutbox>().StatusAsync(TestContext.Current.CancellationToken)).Waiting);
    }

    private Task AdvanceUntilAsync(Func<bool> condition, string what) => Eventually.TrueAsync(() =>
    {
        clock.Advance(TimeSpan.FromMinutes(16));
        // What waits for the clock alone is looked for each second; a nudge spares the test that second.
        program.Services.GetRequiredService<Klanten.Functions.Storage.Sqlite.SqliteDatabase>().OutboxSignal.Set();
        return condition();
    }, what);
}
