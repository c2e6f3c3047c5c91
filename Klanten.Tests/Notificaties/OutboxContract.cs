using Klanten.Core.Model;
using Klanten.Core.Ports;
using Microsoft.Extensions.Time.Testing;

namespace Klanten.Tests.Notificaties;

/// <summary>
/// What every outbox does, whichever store it is part of. The test class of a store opens it on an empty store,
/// and how another instance opens the same one.
/// </summary>
public abstract class OutboxContract : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider clock = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private IKlantStore store = null!;
    private IOutbox outbox = null!;
    private IOutboxOverview overview = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>An instance of the program on the store of this test; the first finds it empty.</summary>
    protected abstract ValueTask<(IKlantStore Store, IOutbox Outbox, IOutboxOverview Overview)> OpenAsync();

    public async ValueTask InitializeAsync() => (store, outbox, overview) = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task An_empty_outbox_hands_out_nothing() => Assert.Empty(await LeaseAsync());

    [Fact]
    public async Task A_commit_leaves_its_notification_as_it_was_given()
    {
        var notificatie = await CommitAsync(KlantId.New("999990639"));
        Assert.Equal(notificatie, Assert.Single(await LeaseAsync()).Notificatie);
    }

    [Theory]
    [InlineData(SubjectType.Vestiging)]
    [InlineData("")]
    [InlineData(null)]
    public async Task The_subjectType_survives_as_it_is(string? subjectType)
    {
        await CommitAsync(KlantId.New("999990639"), subjectType);
        Assert.Equal(subjectType, Assert.Single(await LeaseAsync()).Notificatie.SubjectType);
    }

    [Fact]
    public async Task A_commit_without_a_notification_leaves_nothing()
    {
        await CreateAsync(KlantId.New("999990639"), null);
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task A_refused_commit_leaves_nothing()
    {
        await CommitAsync(KlantId.New("999990639"), klantnummer: "1");
        Assert.Equal(
            CommitResult.KlantnummerTaken,
            await CreateAsync(KlantId.New("999990639"), Notification(KlantId.New("999990639")), klantnummer: "1"));
        Assert.Equal(1, (await StatusAsync()).Waiting);
    }

    [Fact]
    public async Task An_update_a_deletion_and_their_creation_each_leave_one()
    {
        var id = KlantId.New("999990639");
        await CommitAsync(id);
        await UpdateAsync(id);
        await DeleteAsync(id);
        Assert.Equal([Actie.Create, Actie.PartialUpdate, Actie.Destroy], await DeliverAllAsync());
    }

    [Fact]
    public async Task An_entry_that_is_held_is_not_handed_out_again()
    {
        await CommitAsync(KlantId.New("999990639"));
        await LeaseAsync();
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task An_entry_that_is_held_is_not_handed_out_to_another_instance()
    {
        await CommitAsync(KlantId.New("999990639"));
        await LeaseAsync();
        Assert.Empty(await LeaseAsync(await AnotherAsync()));
    }

    [Fact]
    public async Task Many_instances_at_once_never_hold_the_same_entry()
    {
        for (var i = 0; i < 60; i++) await CommitAsync(KlantId.New("999990639"));
        IOutbox[] instances = [outbox, await AnotherAsync(), await AnotherAsync()];
        var held = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => Task.Run(() => instances[i % 3].LeaseAsync(8, Now, Lease, Cancel).AsTask(), Cancel)));
        var klanten = held.SelectMany(entries => entries, (_, entry) => entry.Notificatie.Klant).ToArray();
        Assert.Equal(60, klanten.Length);
        Assert.Equal(klanten.Length, klanten.Distinct().Count());
    }

    [Fact]
    public async Task No_more_are_handed_out_than_asked_for_oldest_first()
    {
        var first = await CommitAsync(KlantId.New("999990639"));
        var second = await CommitAsync(KlantId.New("999990639"));
        await CommitAsync(KlantId.New("999990639"));
        Assert.Equal([first.Klant, second.Klant], (await outbox.LeaseAsync(2, Now, Lease, Cancel)).Select(e => e.Notificatie.Klant));
    }

    [Fact]
    public async Task Another_instance_takes_over_what_was_held_by_one_that_died()
    {
        await CommitAsync(KlantId.New("999990639"));
        await LeaseAsync();
        clock.Advance(Lease);
        Assert.Single(await LeaseAsync(await AnotherAsync()));
    }

    [Fact]
    public async Task A_lease_counts_to_its_end()
    {
        await CommitAsync(KlantId.New("999990639"));
        await LeaseAsync();
        clock.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task What_was_delivered_is_gone()
    {
        await CommitAsync(KlantId.New("999990639"));
        await outbox.DeliveredAsync(Assert.Single(await LeaseAsync()), Cancel);
        clock.Advance(Lease);
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task An_entry_that_was_delivered_after_the_lease_was_lost_is_removed()
    {
        await CommitAsync(KlantId.New("999990639"));
        var late = Assert.Single(await LeaseAsync());
        clock.Advance(Lease);
        await LeaseAsync();
        await outbox.DeliveredAsync(late, Cancel);
        clock.Advance(Lease);
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task A_failure_after_the_lease_was_lost_does_not_affect_the_new_holder()
    {
        await CommitAsync(KlantId.New("999990639"));
        var late = Assert.Single(await LeaseAsync());
        clock.Advance(Lease);
        await LeaseAsync();
        await outbox.FailedAsync(late, Now, Cancel);
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task After_losing_the_lease_an_instance_cannot_park_the_entry()
    {
        await CommitAsync(KlantId.New("999990639"));
        var late = Assert.Single(await LeaseAsync());
        clock.Advance(Lease);
        await LeaseAsync();
        await outbox.FailedAsync(late, null, Cancel);
        Assert.Equal(0, (await StatusAsync()).Parked);
    }

    [Fact]
    public async Task Of_a_klant_only_the_oldest_is_handed_out()
    {
        var id = KlantId.New("999990639");
        await CommitAsync(id);
        await UpdateAsync(id);
        Assert.Equal(Actie.Create, Assert.Single(await LeaseAsync()).Notificatie.Actie);
    }

    [Fact]
    public async Task The_next_of_a_klant_waits_for_one_that_is_held()
    {
        var id = KlantId.New("999990639");
        await CommitAsync(id);
        await LeaseAsync();
        await UpdateAsync(id);
        Assert.Empty(await LeaseAsync(await AnotherAsync()));
    }

    [Fact]
    public async Task The_next_of_a_klant_waits_for_one_that_failed()
    {
        var id = KlantId.New("999990639");
        await CommitAsync(id);
        await outbox.FailedAsync(Assert.Single(await LeaseAsync()), Now + TimeSpan.FromMinutes(5), Cancel);
        await UpdateAsync(id);
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task One_klant_does_not_wait_for_another()
    {
        await CommitAsync(KlantId.New("999990639"));
        await outbox.FailedAsync(Assert.Single(await LeaseAsync()), Now + TimeSpan.FromMinutes(5), Cancel);
        var other = await CommitAsync(KlantId.New("999990639"));
        Assert.Equal(other.Klant, Assert.Single(await LeaseAsync()).Notificatie.Klant);
    }

    [Fact]
    public async Task What_failed_comes_back_at_its_moment()
    {
        await CommitAsync(KlantId.New("999990639"));
        await outbox.FailedAsync(Assert.Single(await LeaseAsync()), Now + TimeSpan.FromSeconds(5), Cancel);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Single(await LeaseAsync());
    }

    [Fact]
    public async Task What_failed_stays_away_until_its_moment()
    {
        await CommitAsync(KlantId.New("999990639"));
        await outbox.FailedAsync(Assert.Single(await LeaseAsync()), Now + TimeSpan.FromSeconds(5), Cancel);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task Attempts_are_counted_from_one()
    {
        await CommitAsync(KlantId.New("999990639"));
        Assert.Equal(1, Assert.Single(await LeaseAsync()).Attempts);
    }

    [Fact]
    public async Task An_attempt_counts_whether_it_failed_or_died()
    {
        await CommitAsync(KlantId.New("999990639"));
        await outbox.FailedAsync(Assert.Single(await LeaseAsync()), Now, Cancel);
        await LeaseAsync();
        clock.Advance(Lease);
        Assert.Equal(3, Assert.Single(await LeaseAsync()).Attempts);
    }

    [Fact]
    public async Task What_is_parked_is_not_handed_out()
    {
        await ParkAsync(KlantId.New("999990639"));
        clock.Advance(TimeSpan.FromDays(365));
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task What_is_parked_does_not_hold_up_its_klant_for_good()
    {
        var id = KlantId.New("999990639");
        await ParkAsync(id);
        await UpdateAsync(id);
        Assert.Equal(Actie.PartialUpdate, Assert.Single(await LeaseAsync()).Notificatie.Actie);
    }

    [Fact]
    public async Task What_is_resumed_is_handed_out_as_if_never_tried()
    {
        await ParkAsync(KlantId.New("999990639"));
        await outbox.ResumeAsync(Now, Cancel);
        Assert.Equal(1, Assert.Single(await LeaseAsync()).Attempts);
    }

    [Fact]
    public async Task Resuming_returns_how_many_there_were()
    {
        await ParkAsync(KlantId.New("999990639"));
        await ParkAsync(KlantId.New("999990639"));
        await CommitAsync(KlantId.New("999990639"));
        Assert.Equal(2, (await outbox.ResumeAsync(Now, Cancel)).Parked);
    }

    [Fact]
    public async Task Resuming_brings_those_of_a_klant_back_in_their_order()
    {
        var id = KlantId.New("999990639");
        await ParkAsync(id);
        await UpdateAsync(id);
        await outbox.ResumeAsync(Now, Cancel);
        Assert.Equal([Actie.Create, Actie.PartialUpdate], await DeliverAllAsync());
    }

    [Fact]
    public async Task Resuming_does_not_touch_what_is_held()
    {
        await CommitAsync(KlantId.New("999990639"));
        await LeaseAsync();
        await outbox.ResumeAsync(Now, Cancel);
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task Resuming_makes_what_waits_for_its_next_attempt_due_and_keeps_its_attempts()
    {
        await CommitAsync(KlantId.New("999990639"));
        await outbox.FailedAsync(Assert.Single(await LeaseAsync()), Now + TimeSpan.FromMinutes(5), Cancel);
        Assert.Equal(new(0, 1), await outbox.ResumeAsync(Now, Cancel));
        Assert.Equal(2, Assert.Single(await LeaseAsync()).Attempts);
    }

    [Fact]
    public async Task Resuming_an_outbox_in_which_all_is_due_changes_nothing()
    {
        await CommitAsync(KlantId.New("999990639"));
        Assert.Equal(new(0, 0), await outbox.ResumeAsync(Now, Cancel));
        Assert.Equal(1, Assert.Single(await LeaseAsync()).Attempts);
    }

    [Fact]
    public async Task Resuming_while_a_newer_one_of_the_klant_is_held_leaves_that_one_held()
    {
        var id = KlantId.New("999990639");
        await ParkAsync(id);
        await UpdateAsync(id);
        var held = Assert.Single(await LeaseAsync());
        await outbox.ResumeAsync(Now, Cancel);
        var resumed = Assert.Single(await LeaseAsync());
        Assert.Equal(Actie.Create, resumed.Notificatie.Actie);
        await outbox.DeliveredAsync(held, Cancel);
        await outbox.DeliveredAsync(resumed, Cancel);
        Assert.Equal(new(0, null, 0), await StatusAsync());
    }

    [Fact]
    public async Task All_of_a_klant_are_handed_out_in_their_order_after_some_were_parked_and_resumed()
    {
        var id = KlantId.New("999990639");
        await CommitAsync(id);
        for (var i = 0; i < 3; i++) await UpdateAsync(id);
        for (var i = 0; i < 2; i++) await outbox.FailedAsync(Assert.Single(await LeaseAsync()), null, Cancel);
        await outbox.ResumeAsync(Now, Cancel);
        Assert.Equal([Actie.Create, Actie.PartialUpdate, Actie.PartialUpdate, Actie.PartialUpdate], await DeliverAllAsync());
    }

    [Theory]
    [InlineData(16)]
    [InlineData(60)]
    [InlineData(60 * 24 * 365)]
    public async Task A_clock_that_is_set_back_does_not_make_a_retry_wait(int minutes)
    {
        var id = KlantId.New("999990639");
        await CommitAsync(id);
        await outbox.FailedAsync(Assert.Single(await LeaseAsync()), Now + TimeSpan.FromSeconds(30), Cancel);
        await UpdateAsync(id);
        var entries = await outbox.LeaseAsync(10, Now - TimeSpan.FromMinutes(minutes), Lease, Cancel);
        Assert.Equal(Actie.Create, Assert.Single(entries).Notificatie.Actie);
    }

    [Fact]
    public async Task A_retry_at_the_longest_delay_is_not_taken_for_one_of_another_clock()
    {
        await CommitAsync(KlantId.New("999990639"));
        await outbox.FailedAsync(Assert.Single(await LeaseAsync()), Now + OutboxTimes.MaxDelay, Cancel);
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task The_overview_shows_of_each_its_klant_actie_attempts_and_next_attempt_oldest_first()
    {
        var (parked, failed, fresh) = (KlantId.New("999990639"), KlantId.New("999990639"), KlantId.New("999990639"));
        var since = Now;
        await ParkAsync(parked);
        clock.Advance(TimeSpan.FromSeconds(1));
        await CommitAsync(failed);
        await outbox.FailedAsync(Assert.Single(await LeaseAsync()), since + TimeSpan.FromMinutes(5), Cancel);
        clock.Advance(TimeSpan.FromSeconds(1));
        await CommitAsync(fresh);
        var (status, oldest) = await overview.ReadAsync(10, Cancel);
        Assert.Equal(new(2, since.AddSeconds(1), 1), status);
        Assert.Equal(
            [
                new(parked, Actie.Create, since, 1, null, Parked: true),
                new(failed, Actie.Create, since.AddSeconds(1), 1, since + TimeSpan.FromMinutes(5), Parked: false),
                new(fresh, Actie.Create, since.AddSeconds(2), 0, null, Parked: false),
            ],
            oldest);
    }

    [Fact]
    public async Task The_overview_has_no_more_than_asked_for()
    {
        var oldest = await CommitAsync(KlantId.New("999990639"));
        clock.Advance(TimeSpan.FromSeconds(1));
        await CommitAsync(KlantId.New("999990639"));
        Assert.Equal(oldest.Klant, Assert.Single((await overview.ReadAsync(1, Cancel)).Oldest).Klant);
    }

    [Fact]
    public async Task The_status_of_an_empty_outbox_is_nothing() => Assert.Equal(new(0, null, 0), await StatusAsync());

    [Fact]
    public async Task The_status_counts_what_waits_held_or_not_and_its_age()
    {
        var oldest = Now;
        await CommitAsync(KlantId.New("999990639"));
        clock.Advance(TimeSpan.FromMinutes(3));
        await CommitAsync(KlantId.New("999990639"));
        await outbox.LeaseAsync(1, Now, Lease, Cancel);
        Assert.Equal(new(2, oldest, 0), await StatusAsync());
    }

    [Fact]
    public async Task The_status_counts_what_is_parked_apart()
    {
        await ParkAsync(KlantId.New("999990639"));
        clock.Advance(TimeSpan.FromMinutes(3));
        await CommitAsync(KlantId.New("999990639"));
        Assert.Equal(new(1, Now, 1), await StatusAsync());
    }

    [Fact]
    public async Task Waiting_ends_when_something_is_committed()
    {
        var waiting = outbox.WaitAsync(TimeSpan.FromMinutes(10), Cancel).AsTask();
        await CommitAsync(KlantId.New("999990639"));
        Assert.True(await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
    }

    [Fact]
    public async Task Waiting_ends_at_once_when_something_was_committed_before()
    {
        await CommitAsync(KlantId.New("999990639"));
        await outbox.WaitAsync(TimeSpan.FromMinutes(10), Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task Waiting_ends_after_its_time() => Assert.False(await outbox.WaitAsync(TimeSpan.FromMilliseconds(1), Cancel));

    [Fact]
    public async Task Waiting_ends_when_the_program_stops()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var waiting = outbox.WaitAsync(TimeSpan.FromMinutes(10), stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task What_an_instance_committed_is_handed_out_to_it_in_its_order()
    {
        var id = KlantId.New("999990639");
        await CommitAsync(id);
        await UpdateAsync(id);
        await DeleteAsync(id);
        var delivered = new List<Actie>();
        while (await outbox.LeaseCommittedAsync(100, Now, Lease, Cancel) is { Count: > 0 } entries)
        {
            delivered.Add(Assert.Single(entries).Notificatie.Actie);
            await outbox.DeliveredAsync(entries[0], Cancel);
        }
        Assert.Equal([Actie.Create, Actie.PartialUpdate, Actie.Destroy], delivered);
    }

    [Fact]
    public async Task What_waits_is_seen_by_every_instance()
    {
        var notificatie = await CommitAsync(KlantId.New("999990639"));
        Assert.Equal(notificatie, Assert.Single(await LeaseAsync(await AnotherAsync())).Notificatie);
    }

    private async Task<IOutbox> AnotherAsync() => (await OpenAsync()).Outbox;

    private ValueTask<OutboxStatus> StatusAsync() => outbox.StatusAsync(Cancel);

    private ValueTask<IReadOnlyList<OutboxEntry>> LeaseAsync(IOutbox? instance = null) =>
        (instance ?? outbox).LeaseAsync(100, Now, Lease, Cancel);

    private async Task<List<Actie>> DeliverAllAsync()
    {
        var delivered = new List<Actie>();
        while (await LeaseAsync() is { Count: > 0 } entries)
            foreach (var entry in entries)
            {
                delivered.Add(entry.Notificatie.Actie);
                await outbox.DeliveredAsync(entry, Cancel);
            }
        return delivered;
    }

    private async Task ParkAsync(KlantId id)
    {
        await CommitAsync(id);
        await outbox.FailedAsync((await LeaseAsync()).Single(e => e.Notificatie.Klant == id), null, Cancel);
    }

    private async Task<Notificatie> CommitAsync(KlantId id, string? subjectType = SubjectType.NatuurlijkPersoon, string? klantnummer = null)
    {
        var notificatie = Notification(id) with { SubjectType = subjectType };
        Assert.Equal(CommitResult.Committed, await CreateAsync(id, notificatie, klantnummer));
        return notificatie;
    }

    private Notificatie Notification(KlantId id, Actie actie = Actie.Create) =>
        new(id, $"https://klanten.example/api/v1/klanten/{id}", actie, Now, SubjectType.NatuurlijkPersoon);

    private Task<CommitResult> CreateAsync(KlantId id, Notificatie? notificatie, string? klantnummer = null) =>
        CommitAsync(id, null, klantnummer ?? Guid.NewGuid().ToString("N")[..8], Actie.Create, notificatie);

    private async Task UpdateAsync(KlantId id)
    {
        var before = (await store.ReadAsync(id, Cancel))!;
        Assert.Equal(
            CommitResult.Committed,
            await CommitAsync(
                id, before, KlantJson.Read(before.Json).Klantnummer, Actie.PartialUpdate, Notification(id, Actie.PartialUpdate)));
    }

    private async Task DeleteAsync(KlantId id)
    {
        var commit = new KlantCommit { Id = id, Before = await store.ReadAsync(id, Cancel), Notificatie = Notification(id, Actie.Destroy) };
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(commit, Cancel));
    }

    private async Task<CommitResult> CommitAsync(KlantId id, StoredKlant? before, string klantnummer, Actie actie, Notificatie? notificatie)
    {
        var klant = new Klant
        {
            Bronorganisatie = "999990639",
            Klantnummer = klantnummer,
            WebsiteUrl = "https://example.com",
            SubjectType = SubjectType.NatuurlijkPersoon,
        };
        var json = KlantJson.Write(klant);
        return await store.CommitAsync(new()
        {
            Id = id,
            Before = before,
            After = klant,
            AfterJson = json,
            AuditEntry = new()
            {
                Uuid = Guid.NewGuid(),
                AuditContext = new(),
                Actie = actie,
                ResourceWeergave = klant.Weergave,
                Aanmaakdatum = Now,
                Oud = before?.Json ?? default,
                Nieuw = json,
            },
            Notificatie = notificatie,
        }, Cancel);
    }
}
