using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Klanten.Tests.Notificaties;

/// <summary>The background service when the store itself fails, which no real store does on request.</summary>
public sealed class OutboxServiceTests : IAsyncLifetime
{
    private static readonly OutboxEntry Entry = new(
        new(KlantId.New("999990639"), "https://klanten.example/api/v1/klanten/1", Actie.Create, DateTimeOffset.UnixEpoch, null), 1,
        Mock.Of<OutboxLease>());

    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly Mock<IOutbox> outbox = new();
    private FakeApi fakeApi = null!;

    public async ValueTask InitializeAsync()
    {
        fakeApi = await FakeApi.StartAsync(FakeApi.With(201));
        outbox.Setup(o => o.StatusAsync(It.IsAny<CancellationToken>())).ReturnsAsync(new OutboxStatus(0, null, 0));
        outbox.Setup(o => o.WaitAsync(It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
            .Returns(async (TimeSpan _, CancellationToken cancel) =>
            {
                await Task.Delay(5, cancel);
                return false;
            });
        outbox.Setup(o => o.SearchInterval).Returns(TimeSpan.FromSeconds(1));
        outbox.Setup(o => o.LeaseCommittedAsync(
            It.IsAny<int>(), It.IsAny<DateTimeOffset>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>())).Returns(() => new([]));
    }

    public ValueTask DisposeAsync() => fakeApi.DisposeAsync();

    [Fact]
    public async Task A_store_that_fails_to_hand_out_is_asked_again_later()
    {
        var asked = 0;
        Hands(() => Interlocked.Increment(ref asked) switch
        {
            1 => throw new IOException("the disk is gone"),
            2 => [Entry],
            _ => [],
        });
        await using var program = await StartAsync();
        await AdvanceUntilAsync(() => fakeApi.Received.Count == 1, "the entry is published");
    }

    [Fact]
    public async Task A_store_whose_status_fails_does_not_stop_the_delivery()
    {
        var asked = 0;
        outbox.Setup(o => o.StatusAsync(It.IsAny<CancellationToken>())).Returns(
            () => Interlocked.Increment(ref asked) == 1 ? throw new IOException("the disk is gone") : new(new OutboxStatus(0, null, 0)));
        HandsOnce();
        await using var program = await StartAsync();
        await AdvanceUntilAsync(() => fakeApi.Received.Count == 1, "the entry is published");
    }

    [Fact]
    public async Task A_store_that_fails_to_note_a_delivery_is_asked_again_later()
    {
        var noted = 0;
        HandsOnce();
        outbox.Setup(o => o.DeliveredAsync(Entry, It.IsAny<CancellationToken>()))
            .Returns(() => Interlocked.Increment(ref noted) == 1 ? throw new StoreBusyException(TimeSpan.FromSeconds(1)) : default);
        var asked = 0;
        outbox.Setup(o => o.WaitAsync(It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>())).Returns(
            async (TimeSpan _, CancellationToken cancel) =>
        {
            Interlocked.Increment(ref asked);
            await Task.Delay(5, cancel);
            return false;
        });
        await using var program = await StartAsync();
        await AdvanceUntilAsync(() => asked > 0, "the service goes on");
        Assert.Equal(1, noted);
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_at_the_start_is_opened_later()
    {
        var opened = 0;
        HandsOnce();
        await using var program = await StartAsync(
            _ => Interlocked.Increment(ref opened) < 3 ? throw new IOException("no such share") : outbox.Object);
        await AdvanceUntilAsync(() => fakeApi.Received.Count == 1, "the entry is published");
    }

    [Fact]
    public async Task What_was_taken_is_noted_though_the_program_stops()
    {
        using var answering = new SemaphoreSlim(0);
        fakeApi.Answer = async http =>
        {
            await answering.WaitAsync();
            await FakeApi.With(201)(http);
        };
        var noted = new TaskCompletionSource<CancellationToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        HandsOnce();
        outbox.Setup(o => o.DeliveredAsync(Entry, It.IsAny<CancellationToken>()))
            .Callback((OutboxEntry _, CancellationToken cancel) => noted.SetResult(cancel));
        await using var program = await StartAsync();
        await Eventually.TrueAsync(() => fakeApi.Received.Count == 1, "the entry is on its way");
        answering.Release();
        Assert.False((await noted.Task.WaitAsync(TestContext.Current.CancellationToken)).CanBeCanceled);
    }

    [Fact]
    public async Task A_store_that_never_runs_dry_still_has_its_status_looked_at()
    {
        Hands(() => [Entry]);
        await using var program = await StartAsync();
        var looks = 0;
        outbox.Setup(o => o.StatusAsync(It.IsAny<CancellationToken>())).Callback(() => Interlocked.Increment(ref looks))
            .ReturnsAsync(new OutboxStatus(1, null, 0));
        await AdvanceUntilAsync(() => looks > 1, "the gauges are set again");
    }

    [Fact]
    public async Task The_whole_outbox_is_searched_at_the_start_and_once_an_interval_and_in_between_what_was_committed_here()
    {
        int searches = 0, own = 0;
        outbox.Setup(o => o.SearchInterval).Returns(TimeSpan.FromMinutes(1));
        outbox.Setup(o => o.WaitAsync(It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
            .Returns(async (TimeSpan _, CancellationToken cancel) =>
            {
                await Task.Delay(5, cancel);
                return true;
            });
        Hands(() =>
        {
            Interlocked.Increment(ref searches);
            return [];
        });
        outbox.Setup(o => o.LeaseCommittedAsync(
            It.IsAny<int>(), It.IsAny<DateTimeOffset>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>())).Returns(() =>
            {
                Interlocked.Increment(ref own);
                return new([]);
            });
        await using var program = await StartAsync();
        await Eventually.TrueAsync(() => own > 3, "what is committed here is looked for");
        Assert.Equal(1, searches);
        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => searches == 2, "the whole outbox is searched");
    }

    [Fact]
    public async Task Under_load_the_whole_outbox_is_searched_no_more_often()
    {
        int searches = 0, own = 0;
        outbox.Setup(o => o.SearchInterval).Returns(TimeSpan.FromMinutes(1));
        Hands(() =>
        {
            Interlocked.Increment(ref searches);
            return [Entry];
        });
        outbox.Setup(o => o.LeaseCommittedAsync(
            It.IsAny<int>(), It.IsAny<DateTimeOffset>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>())).Returns(() =>
            {
                Interlocked.Increment(ref own);
                return new([Entry]);
            });
        await using var program = await StartAsync();
        await Eventually.TrueAsync(() => own > 10, "what is committed here is delivered");
        Assert.Equal(1, searches);
    }

    private void Hands(Func<IReadOnlyList<OutboxEntry>> entries) =>
        outbox.Setup(o => o.LeaseAsync(It.IsAny<int>(), It.IsAny<DateTimeOffset>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
            .Returns(() => new(entries()));

    private void HandsOnce()
    {
        var asked = 0;
        Hands(() => Interlocked.Increment(ref asked) == 1 ? [Entry] : []);
    }

    private Task<KlantenHost> StartAsync(Func<IServiceProvider, IOutbox>? open = null) =>
        KlantenHost.StartAsync(NotificatiesApi.SettingsOf(fakeApi.Root), services => services
        .AddSingleton<TimeProvider>(clock).AddSingleton(open ?? (_ => outbox.Object)));

    private Task AdvanceUntilAsync(Func<bool> condition, string what) => Eventually.TrueAsync(() =>
    {
        clock.Advance(TimeSpan.FromSeconds(31));
        return condition();
    }, what);
}
