using Klanten.Core.Model;
using Klanten.Core.Storage;
using Klanten.Tests.Storage.Cosmos;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage;

/// <summary>The outbox: what commits leave behind, held by one at a time, in order per klant, until it is delivered.</summary>
public abstract class StoreContractOutbox(Func<Task<StoreHost>> open) : StoreContract(open)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly string rsin = Rsin();

    /// <summary>Later than any commit of the tests.</summary>
    private readonly DateTimeOffset later = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_empty_outbox_has_nothing_to_deliver()
    {
        Assert.Empty(await LeaseAsync());
        Assert.Equal(new OutboxStatus(0, null, 0), await Outbox.StatusAsync(Cancellation));
    }

    [Fact]
    public async Task A_commit_leaves_its_notification()
    {
        var commit = Creation(Klant(rsin));
        await Store.CommitAsync(commit, Cancellation);
        var entry = Assert.Single(await LeaseAsync());
        Assert.Equal(commit.Notificatie, entry.Notificatie);
        Assert.Equal(1, entry.Attempts);
    }

    [Fact]
    public async Task A_refused_commit_leaves_none()
    {
        await GivenAsync(Klant(rsin));
        await Store.CommitAsync(Creation(Klant(rsin)), Cancellation);
        Assert.Single(await LeaseAsync());
    }

    [Fact]
    public async Task A_commit_without_a_notification_leaves_none()
    {
        await Store.CommitAsync(Creation(Klant(rsin)) with { Notificatie = null }, Cancellation);
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task What_is_held_is_not_given_to_another()
    {
        await GivenAsync(Klant(rsin));
        Assert.Single(await LeaseAsync());
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task Of_many_that_hold_at_once_each_gets_another_entry()
    {
        for (var i = 0; i < 6; i++) await GivenAsync(Klant(rsin, $"{i}"));
        var held = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LeaseAsync()));
        var klanten = held.SelectMany(entries => entries).Select(entry => entry.Notificatie.Klant).ToList();
        Assert.Equal(klanten.Count, klanten.Distinct().Count());
        Assert.NotEmpty(klanten);
    }

    [Fact]
    public async Task What_was_held_too_long_comes_free_and_counts_another_attempt()
    {
        await GivenAsync(Klant(rsin));
        await LeaseAsync();
        var entry = Assert.Single(await LeaseAsync(later + Lease));
        Assert.Equal(2, entry.Attempts);
    }

    [Fact]
    public async Task What_is_delivered_is_gone()
    {
        await GivenAsync(Klant(rsin));
        await Outbox.DeliveredAsync(Assert.Single(await LeaseAsync()), Cancellation);
        Assert.Empty(await LeaseAsync(later + Lease));
        Assert.Equal(0, (await Outbox.StatusAsync(Cancellation)).Waiting);
    }

    [Fact]
    public async Task The_notifications_of_one_klant_come_in_order()
    {
        var klant = await GivenAsync(Klant(rsin));
        klant = await ChangedAsync(klant, k => k with { Functie = "Kok" });
        klant = await ChangedAsync(klant, k => k with { Bronorganisatie = Rsin() });
        await Store.CommitAsync(Deletion(klant), Cancellation);
        foreach (var actie in new[] { Actie.Create, Actie.PartialUpdate, Actie.PartialUpdate, Actie.Destroy })
        {
            var entry = Assert.Single(await LeaseAsync());
            Assert.Equal(actie, entry.Notificatie.Actie);
            await Outbox.DeliveredAsync(entry, Cancellation);
        }
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task A_klant_that_waits_does_not_keep_others_waiting()
    {
        var stuck = await GivenAsync(Klant(rsin, "1"));
        await ChangedAsync(stuck, k => k with { Functie = "Kok" });
        await Outbox.FailedAsync(Assert.Single(await LeaseAsync()), later.AddHours(1), Cancellation);
        var other = await GivenAsync(Klant(rsin, "2"));
        Assert.Equal(other.Id, Assert.Single(await LeaseAsync()).Notificatie.Klant);
    }

    [Fact]
    public async Task What_failed_waits_until_its_moment()
    {
        await GivenAsync(Klant(rsin));
        await Outbox.FailedAsync(Assert.Single(await LeaseAsync()), later.AddSeconds(30), Cancellation);
        Assert.Empty(await LeaseAsync(later.AddSeconds(29)));
        Assert.Equal(2, Assert.Single(await LeaseAsync(later.AddSeconds(30))).Attempts);
    }

    [Fact]
    public async Task What_is_parked_lets_the_next_pass_until_it_is_resumed()
    {
        var klant = await GivenAsync(Klant(rsin));
        await ChangedAsync(klant, k => k with { Functie = "Kok" });
        await Outbox.FailedAsync(Assert.Single(await LeaseAsync()), null, Cancellation);
        var next = Assert.Single(await LeaseAsync());
        Assert.Equal(Actie.PartialUpdate, next.Notificatie.Actie);
        Assert.Equal(new OutboxStatus(1, next.Notificatie.Aanmaakdatum, 1), await Outbox.StatusAsync(Cancellation));

        await Outbox.DeliveredAsync(next, Cancellation);
        Assert.Equal(1, await Outbox.ResumeAsync(Cancellation));
        var resumed = Assert.Single(await LeaseAsync());
        Assert.Equal(Actie.Create, resumed.Notificatie.Actie);
        Assert.Equal(1, resumed.Attempts);
    }

    [Fact]
    public async Task Who_held_an_entry_too_long_can_no_longer_put_it_off()
    {
        await GivenAsync(Klant(rsin));
        var slow = Assert.Single(await LeaseAsync());
        var fast = Assert.Single(await LeaseAsync(later + Lease));
        await Outbox.FailedAsync(slow, null, Cancellation);
        Assert.Equal(0, (await Outbox.StatusAsync(Cancellation)).Parked);
        await Outbox.DeliveredAsync(fast, Cancellation);
    }

    [Fact]
    public async Task At_most_so_many_are_held_as_were_asked_for()
    {
        for (var i = 0; i < 5; i++) await GivenAsync(Klant(rsin, $"{i}"));
        Assert.Equal(3, (await Outbox.LeaseAsync(3, later, Lease, Cancellation)).Count);
        Assert.Equal(2, (await Outbox.LeaseAsync(3, later, Lease, Cancellation)).Count);
    }

    [Fact]
    public async Task The_status_tells_what_waits_and_since_when()
    {
        var first = Creation(Klant(rsin, "1"));
        await Store.CommitAsync(first, Cancellation);
        await GivenAsync(Klant(rsin, "2"));
        Assert.Equal(new OutboxStatus(2, first.Notificatie!.Aanmaakdatum, 0), await Outbox.StatusAsync(Cancellation));
    }

    [Fact]
    public async Task A_commit_wakes_who_waits()
    {
        var waiting = Outbox.WaitAsync(TimeSpan.FromHours(1), Cancellation).AsTask();
        await GivenAsync(Klant(rsin));
        await waiting;
    }

    private async Task<IReadOnlyList<OutboxEntry>> LeaseAsync(DateTimeOffset? now = null) =>
        await Outbox.LeaseAsync(10, now ?? later, Lease, Cancellation);
}

public sealed class SqliteOutboxTests() : StoreContractOutbox(Sqlite);

public sealed class CosmosOutboxTests(CosmosAccount account) : StoreContractOutbox(() => Cosmos(account));
