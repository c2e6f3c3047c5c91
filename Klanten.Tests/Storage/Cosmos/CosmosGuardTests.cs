using System.Text;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos.Requests;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// The race that each guard of moves, trails and deletions exists for: one process is held at a request, others change what it has
/// read, and its request must then be refused. Without the guard the klant, part of its trail or a count is lost or doubled.
/// </summary>
public sealed class CosmosGuardTests(CosmosAccount account) : IAsyncLifetime
{
    private readonly FaultHandler heldRequests = new();
    private readonly FaultHandler moverRequests = new();
    private CosmosHost host = null!;
    private CosmosInstance held = null!;
    private CosmosInstance mover = null!;
    private CosmosSituation situation = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await CosmosHost.OpenAsync(account);
        held = host.Another(heldRequests);
        mover = host.Another(moverRequests);
        situation = new(host);
    }

    public async ValueTask DisposeAsync()
    {
        held.Dispose();
        mover.Dispose();
        heldRequests.Dispose();
        moverRequests.Dispose();
        await host.DisposeAsync();
    }

    /// <summary>The first claim in a bronorganisatie is refused, because it has no counters yet.</summary>
    [Fact]
    public async Task A_move_whose_claim_went_unanswered_is_made_once()
    {
        var move = CosmosSituation.Change(await situation.GivenAsync(), k => k with { Bronorganisatie = situation.Destination });
        var claims = 0;
        heldRequests.Plan(async (request, _, isWrite) =>
            isWrite && IsClaim(await StepsAsync(request)) && ++claims == 2 ? Fault.AnswerLost : null);
        Assert.Equal(CommitResult.Committed, await held.Store.CommitAsync(move, Cancellation));
        Assert.Equal(new(situation.Destination, 2, 2), await situation.InspectAsync());
    }

    [Fact]
    public async Task A_move_that_cannot_depart_leaves_no_claim()
    {
        var klant = await situation.GivenAsync();
        var move = await MoveHeldAtDepartureAsync(klant);
        await ChangeAsync();
        move.Release();
        Assert.Equal(CommitResult.Changed, await move.Commit);
        var access = account.Access(held.Client, host.Options);
        Assert.Empty(await access.QueryAsync("moves.query", CosmosQueries.Moves(), situation.Destination, Cancellation));
    }

    /// <summary>The take-over must not write over the klant that the mover made of its claim meanwhile.</summary>
    [Fact]
    public async Task A_move_that_was_completed_meanwhile_is_not_taken_over()
    {
        var move = await MoveHeldAtDepartureAsync();
        Hold(IsTakeOver, async () =>
        {
            move.Release();
            Assert.Equal(CommitResult.Committed, await move.Commit);
        });
        await ListAsync(held, situation.Destination);
        Assert.Equal(new(situation.Destination, 2, 2), await situation.InspectAsync());
    }

    /// <summary>A claim that the mover has undone must not be departed for: the klant would then be nowhere.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)] // a forward was restored in its place
    public async Task A_move_that_was_undone_meanwhile_is_not_departed_for(bool returns)
    {
        var klant = returns ? await situation.GivenAsync(situation.Destination, situation.Origin) : await situation.GivenAsync();
        var before = await situation.InspectAsync();
        var move = await MoveHeldAtDepartureAsync(klant, Fault.Throttled);
        Hold(IsTakeOver, async () =>
        {
            move.Release();
            await Assert.ThrowsAsync<StoreBusyException>(() => move.Commit);
        });
        await ListAsync(held, situation.Destination);
        Assert.Equal(before, await situation.InspectAsync());
    }

    /// <summary>
    /// The klant has arrived, and moved back, before the process that found the claim gets to the arrival. Its notifications are
    /// delivered, so that nothing else of the arrival is there already.
    /// </summary>
    [Fact]
    public async Task A_klant_that_has_left_again_does_not_arrive_once_more()
    {
        var move = await MoveHeldAtDepartureAsync();
        Hold(IsArrival, async () =>
        {
            move.Release();
            Assert.Equal(CommitResult.Committed, await move.Commit);
            await MoveAsync(situation.Origin);
            await DeliverAsync();
        });
        await ListAsync(held, situation.Destination);
        Assert.Equal(new(situation.Origin, 3, 0), await situation.InspectAsync());
    }

    /// <summary>
    /// The same, and a third move has claimed: the claim that is found is not that of the move to end. The third move can no longer
    /// depart, because the klant was changed.
    /// </summary>
    [Fact]
    public async Task The_claim_of_a_later_move_is_not_taken_for_that_of_the_move_that_is_ended()
    {
        var move = await MoveHeldAtDepartureAsync();
        Move? later = null;
        Hold(IsArrival, async () =>
        {
            move.Release();
            Assert.Equal(CommitResult.Committed, await move.Commit);
            await MoveAsync(situation.Origin);
            later = await MoveHeldAtDepartureAsync(await situation.ReadAsync());
            await ChangeAsync();
        });
        await Record.ExceptionAsync(() => ListAsync(held, situation.Destination));
        later!.Release();
        Assert.Equal(CommitResult.Changed, await later.Commit);
        Assert.Equal(new(situation.Origin, 4, 4), await situation.InspectAsync());
    }

    /// <summary>A claim that cannot depart is undone. Meanwhile the klant has moved there after all, by another move.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_klant_that_has_arrived_by_another_move_is_not_removed_with_a_claim_that_is_undone(bool returns)
    {
        var klant = returns ? await situation.GivenAsync(situation.Destination, situation.Origin) : await situation.GivenAsync();
        var move = await MoveHeldAtDepartureAsync(klant);
        // The claim can no longer depart.
        var changed = CosmosSituation.Change(klant, k => k with { Functie = "Kok" });
        Assert.Equal(CommitResult.Committed, await host.Store.CommitAsync(changed, Cancellation));
        Hold(IsUndoing, async () =>
        {
            move.Release();
            Assert.Equal(CommitResult.Changed, await move.Commit);
            await MoveAsync(situation.Destination);
        });
        await ListAsync(held, situation.Destination);
        Assert.Equal(situation.Destination, (await situation.InspectAsync()).Location);
    }

    /// <summary>A claim takes the place of a forward, or of nothing. Meanwhile the klant itself is there.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_claim_does_not_take_the_place_of_a_klant_that_arrived_meanwhile(bool returns)
    {
        var klant = returns ? await situation.GivenAsync(situation.Destination, situation.Origin) : await situation.GivenAsync();
        var (_, entries, notifications) = await situation.InspectAsync();
        Hold(IsClaim, () => MoveAsync(situation.Destination));
        var stale = CosmosSituation.Change(klant, k => k with { Bronorganisatie = situation.Destination });
        Assert.Equal(CommitResult.Changed, await held.Store.CommitAsync(stale, Cancellation));
        Assert.Equal(new(situation.Destination, entries + 1, notifications + 1), await situation.InspectAsync());
    }

    [Fact]
    public async Task A_move_of_a_klant_that_is_there_already_is_refused()
    {
        var klant = await situation.GivenAsync();
        await MoveAsync(situation.Destination);
        var stale = CosmosSituation.Change(klant, k => k with { Bronorganisatie = situation.Destination });
        Assert.Equal(CommitResult.Changed, await held.Store.CommitAsync(stale, Cancellation));
        Assert.Equal(new(situation.Destination, 2, 2), await situation.InspectAsync());
    }

    /// <summary>A process copies the trail to where the klant was. The klant has moved on, and its trail with it.</summary>
    [Fact]
    public async Task No_entry_is_copied_to_a_bronorganisatie_that_the_klant_has_left()
    {
        await GivenTrailInOriginAsync();
        Hold(IsCopy, () => MoveAsync(situation.Origin));
        await held.Store.ReadAuditTrailAsync(situation.Id, Cancellation);
        Assert.Equal(new(situation.Origin, 3, 3), await situation.InspectAsync());
    }

    /// <summary>The copy is refused because the klant was changed. The originals must stay.</summary>
    [Fact]
    public async Task Entries_whose_copy_was_refused_are_not_removed()
    {
        await GivenTrailInOriginAsync();
        Hold(IsCopy, ChangeAsync);
        await held.Store.ReadAuditTrailAsync(situation.Id, Cancellation);
        Assert.Equal(new(situation.Destination, 3, 3), await situation.InspectAsync());
    }

    /// <summary>The end of a trail's move is a write of the klant as it was read. Meanwhile a consumer has changed it.</summary>
    [Fact]
    public async Task A_change_of_the_klant_is_not_undone_by_the_end_of_the_move_of_its_trail()
    {
        await GivenTrailInOriginAsync();
        Hold(IsEndOfTrail, ChangeAsync);
        await held.Store.ReadAuditTrailAsync(situation.Id, Cancellation);
        Assert.Equal(new(situation.Destination, 3, 3), await situation.InspectAsync());
        Assert.Equal("Kok", KlantJson.Read((await situation.ReadAsync()).Json).Functie);
    }

    [Fact]
    public async Task A_klant_whose_trail_is_still_elsewhere_is_deleted_with_all_of_it()
    {
        await GivenTrailInOriginAsync();
        var result = CommitResult.Changed;
        while (result == CommitResult.Changed)
            result = await held.Store.CommitAsync(CosmosSituation.Deletion(await held.ReadAsync(situation.Id)), Cancellation);
        Assert.Equal(new(null, 0, 3), await situation.InspectAsync());
    }

    [Fact]
    public async Task A_klant_whose_trail_is_still_elsewhere_moves_on_with_all_of_it()
    {
        await GivenTrailInOriginAsync();
        await MoveAsync(StoreData.Rsin());
        Assert.Equal(3, (await host.Store.ReadAuditTrailAsync(situation.Id, Cancellation))!.Items.Count);
    }

    /// <summary>
    /// A process finishes the move of another. A replica that lags shows it no entry yet. That must not be taken for the end of the trail.
    /// </summary>
    [Fact]
    public async Task A_trail_that_a_stale_replica_does_not_show_moves_with_its_klant()
    {
        await GivenTrailInOriginAsync();
        using var stale = new StaleTrail(situation.Origin);
        using var behind = host.Another(stale);
        stale.Shows(0);
        await behind.Store.ReadAuditTrailAsync(situation.Id, Cancellation);
        Assert.Equal(new(situation.Destination, 2, 2), await situation.InspectAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_trail_of_which_a_stale_replica_shows_a_part_is_deleted_whole(int shown)
    {
        await situation.GivenAsync();
        await ChangeAsync();
        using var stale = new StaleTrail(situation.Origin);
        using var behind = host.Another(stale);
        stale.Shows(shown);
        var deletion = CosmosSituation.Deletion(await situation.ReadAsync());
        Assert.Equal(CommitResult.Committed, await behind.Store.CommitAsync(deletion, Cancellation));
        Assert.Equal(new(null, 0, 3), await situation.InspectAsync());
    }

    /// <summary>The deletion was interrupted after the klant was gone. The process that finds that reads from a stale replica.</summary>
    [Fact]
    public async Task An_interrupted_deletion_is_completed_though_a_stale_replica_shows_no_entry()
    {
        await GivenInterruptedDeletionAsync();
        using var stale = new StaleTrail(situation.Origin);
        using var behind = host.Another(stale);
        stale.Shows(0);
        Assert.Null(await behind.Store.ReadAsync(situation.Id, Cancellation));
        Assert.Equal(new(null, 0, 3), await situation.InspectAsync());
    }

    [Fact]
    public async Task An_interrupted_deletion_of_a_klant_whose_uuid_tells_no_bronorganisatie_is_completed_by_a_read()
    {
        situation = new(host, isElsewhere: true);
        await GivenInterruptedDeletionAsync();
        Assert.Null(await held.Store.ReadAsync(situation.Id, Cancellation));
        Assert.Equal(new(null, 0, 3), await situation.InspectAsync());
    }

    /// <summary>A search of all bronorganisaties finds the klant and, in an older document, a claim that cannot depart any more.</summary>
    [Fact]
    public async Task A_klant_whose_uuid_tells_no_bronorganisatie_is_not_read_from_a_claim()
    {
        situation = new(host, isElsewhere: true);
        var klant = await situation.GivenAsync(situation.Destination);
        var move = await MoveHeldAtDepartureAsync(klant, situation.Destination, situation.Origin);
        var changed = CosmosSituation.Change(klant, k => k with { Functie = "Kok" });
        Assert.Equal(CommitResult.Committed, await host.Store.CommitAsync(changed, Cancellation));
        Assert.Equal("Kok", KlantJson.Read((await held.ReadAsync(situation.Id)).Json).Functie);
        move.Release();
        Assert.Equal(CommitResult.Changed, await move.Commit);
    }

    /// <summary>Two operators resume what is parked. Between them an instance begins a delivery, which must not become due again.</summary>
    [Fact]
    public async Task A_delivery_under_way_is_not_made_due_by_an_operator()
    {
        await situation.GivenAsync();
        var now = DateTimeOffset.UtcNow;
        var entry = Assert.Single(await host.Outbox.LeaseAsync(1, now, OutboxTimes.Lease, Cancellation));
        await host.Outbox.FailedAsync(entry, retryAt: null, Cancellation);
        Hold(_ => true, async () =>
        {
            await host.Outbox.ResumeAsync(now, Cancellation);
            Assert.Single(await host.Outbox.LeaseAsync(1, now, OutboxTimes.Lease, Cancellation));
        });
        await held.Outbox.ResumeAsync(now, Cancellation);
        Assert.Empty(await host.Outbox.LeaseAsync(1, now, OutboxTimes.Lease, Cancellation));
    }

    /// <summary>
    /// A deletion in portions begins by replacing the klant. Meanwhile a consumer has changed it, and the notification of that was
    /// delivered.
    /// </summary>
    [Fact]
    public async Task A_klant_that_was_changed_meanwhile_is_not_deleted_in_portions()
    {
        var klant = await situation.GivenAsync();
        await ChangeAsync();
        await DeliverAsync();
        using var stale = new StaleTrail(situation.Origin);
        using var behind = host.Another(stale);
        stale.Shows(0);
        Assert.Equal(CommitResult.Changed, await behind.Store.CommitAsync(CosmosSituation.Deletion(klant), Cancellation));
        Assert.Equal(new(situation.Origin, 2, 0), await situation.InspectAsync());
    }

    /// <summary>The notification of the change was delivered, so that it does not stand in the way of that of the deletion.</summary>
    [Fact]
    public async Task A_klant_that_was_changed_meanwhile_is_not_deleted()
    {
        var klant = await situation.GivenAsync();
        Hold(IsDeletion, async () =>
        {
            await ChangeAsync();
            await DeliverAsync();
        });
        Assert.Equal(CommitResult.Changed, await held.Store.CommitAsync(CosmosSituation.Deletion(klant), Cancellation));
        Assert.Equal(new(situation.Origin, 2, 0), await situation.InspectAsync());
    }

    /// <summary>The answer to a change was lost, and the klant was changed again before it is read back.</summary>
    [Fact]
    public async Task A_change_whose_answer_was_lost_is_known_to_be_made_though_another_followed()
    {
        var klant = await situation.GivenAsync();
        var (lost, followed) = (false, false);
        heldRequests.Plan(async (_, _, isWrite) =>
        {
            if (isWrite && !lost)
            {
                lost = true;
                return Fault.AnswerLost;
            }
            if (lost && !followed)
            {
                followed = true;
                await ChangeAsync();
            }
            return null;
        });
        var change = CosmosSituation.Change(klant, k => k with { Functie = "Bakker" });
        Assert.Equal(CommitResult.Committed, await held.Store.CommitAsync(change, Cancellation));
        Assert.Equal(new(situation.Origin, 3, 3), await situation.InspectAsync());
    }

    [Fact]
    public async Task A_deletion_in_portions_whose_answer_was_lost_is_known_to_be_made()
    {
        var klant = await situation.GivenAsync();
        using var faults = new FaultHandler();
        using var stale = new StaleTrail(situation.Origin, faults);
        using var behind = host.Another(stale);
        stale.Shows(0);
        var lost = false;
        faults.Plan((_, isWrite) => isWrite && !lost && (lost = true) ? Fault.AnswerLost : null);
        Assert.Equal(CommitResult.Committed, await behind.Store.CommitAsync(CosmosSituation.Deletion(klant), Cancellation));
        Assert.Equal(new(null, 0, 2), await situation.InspectAsync());
    }

    /// <summary>"Busy" promises that nothing was changed, and after a write without an answer that is not known.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)] // only what has no other step: the counters that a first klant needs
    public async Task A_write_that_went_unanswered_is_not_told_that_the_store_is_busy(bool ofCounters)
    {
        var creation = StoreData.Creation(StoreData.Klant(situation.Origin), KlantId.New(situation.Origin), default);
        var writes = 0;
        heldRequests.Plan((request, _, isWrite) => Task.FromResult<Fault?>((isWrite, isWrite ? ++writes : 0) switch
        {
            (false, _) => null,
            (true, 1) => Fault.TimedOut,
            _ => ofCounters && request.Headers.Contains("x-ms-cosmos-is-batch-request") ? null : Fault.Throttled,
        }));
        await Assert.ThrowsAsync<CosmosStoreException>(async () => await held.Store.CommitAsync(creation, Cancellation));
    }

    [Fact]
    public async Task What_became_of_a_change_is_read_again_when_that_read_fails()
    {
        var change = CosmosSituation.Change(await situation.GivenAsync(), k => k with { Functie = "Kok" });
        var (lost, failed) = (false, false);
        heldRequests.Plan((_, isWrite) =>
        {
            if (isWrite && !lost && (lost = true)) return Fault.AnswerLost;
            return lost && !failed && (failed = true) ? Fault.Forbidden : null;
        });
        Assert.Equal(CommitResult.Committed, await held.Store.CommitAsync(change, Cancellation));
        Assert.Equal(new(situation.Origin, 2, 2), await situation.InspectAsync());
    }

    /// <summary>The klantnummer was refused, and the klant that has it is the same one: another attempt succeeds.</summary>
    [Fact]
    public async Task A_klant_is_not_told_that_its_own_klantnummer_is_taken()
    {
        var klant = await situation.GivenAsync();
        var refused = false;
        heldRequests.Plan((_, isWrite) =>
        {
            if (refused || !isWrite) return null;
            refused = true;
            return Fault.Taken;
        });
        var change = CosmosSituation.Change(klant, k => k with { Functie = "Kok" });
        Assert.Equal(CommitResult.Committed, await held.Store.CommitAsync(change, Cancellation));
    }

    /// <summary>The klant moved, and was deleted there, but for part of its trail. A move that read it before comes late.</summary>
    [Fact]
    public async Task A_move_of_a_klant_whose_deletion_was_interrupted_is_refused()
    {
        var klant = await situation.GivenAsync();
        await MoveAsync(situation.Destination);
        await GivenInterruptedDeletionAsync(situation.Destination);
        var late = CosmosSituation.Change(klant, k => k with { Bronorganisatie = situation.Destination });
        Assert.Equal(CommitResult.Changed, await held.Store.CommitAsync(late, Cancellation));
        Assert.Equal((null, 0), ((await situation.InspectAsync()).Location, (await situation.InspectAsync()).AuditCount));
    }

    /// <summary>The forwards of a deleted klant are removed. A move that read the klant before has claimed in the place of one.</summary>
    [Fact]
    public async Task The_claim_of_a_late_move_is_not_removed_as_the_forward_of_a_deleted_klant()
    {
        var klant = await situation.GivenAsync(situation.Destination);
        Move? late = null;
        Hold(IsRemovalOfForward, async () => late = await MoveHeldAtDepartureAsync(klant, situation.Destination, situation.Origin));
        Assert.Equal(CommitResult.Committed, await held.Store.CommitAsync(CosmosSituation.Deletion(klant), Cancellation));
        late!.Release();
        Assert.Equal(CommitResult.Changed, await late.Commit);
        Assert.Null((await situation.InspectAsync()).Location);
    }

    private static bool IsClaim(string steps) => steps.Contains("\"takenOver\":false", StringComparison.Ordinal);

    private static bool IsTakeOver(string steps) => steps.Contains("\"takenOver\":true", StringComparison.Ordinal);

    private static bool IsDeparture(string steps) => steps.Contains("\"toPartition\"", StringComparison.Ordinal) && HasCount(steps);

    private static bool IsArrival(string steps) => steps.Contains("\"trailStillIn\"", StringComparison.Ordinal) && HasCount(steps);

    private static bool IsCopy(string steps) => IsOf(steps, "audit") && !IsOf(steps, "klant");

    private static bool IsEndOfTrail(string steps) => IsOf(steps, "klant") && !IsOf(steps, "audit") && !HasCount(steps);

    private static bool IsDeletion(string steps) => IsUndoing(steps);

    private static bool IsUndoing(string steps) => HasCount(steps) && !IsOf(steps, "klant") && !IsOf(steps, "audit");

    private static bool IsRemovalOfForward(string steps) => !HasCount(steps) && !steps.Contains("\"type\":", StringComparison.Ordinal);

    private static bool IsOf(string steps, string type) => steps.Contains($"\"type\":\"{type}\"", StringComparison.Ordinal);

    private static bool HasCount(string steps) => steps.Contains("Count\",\"value\"", StringComparison.Ordinal);

    /// <summary>Holds the first such transaction of the one process until others have done this.</summary>
    private void Hold(Func<string, bool> isStep, Func<Task> meanwhile)
    {
        var happened = false;
        heldRequests.Plan(async (request, _, isWrite) =>
        {
            if (happened || !isWrite || !isStep(await StepsAsync(request))) return null;
            happened = true;
            await meanwhile();
            return null;
        });
    }

    private async Task<Move> MoveHeldAtDepartureAsync() => await MoveHeldAtDepartureAsync(await situation.GivenAsync());

    private Task<Move> MoveHeldAtDepartureAsync(StoredKlant klant, Fault? fault = null) =>
        MoveHeldAtDepartureAsync(klant, situation.Origin, situation.Destination, fault);

    /// <summary>A mover that has claimed, and waits before it departs; there it may meet a fault.</summary>
    private async Task<Move> MoveHeldAtDepartureAsync(StoredKlant klant, string from, string to, Fault? fault = null)
    {
        var claimed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        moverRequests.Plan(async (request, _, isWrite) =>
        {
            if (!isWrite || !IsDeparture(await StepsAsync(request)) || !IsIn(request, from)) return null;
            claimed.TrySetResult();
            await released.Task;
            return fault;
        });
        var commit = mover.Store.CommitAsync(CosmosSituation.Change(klant, k => k with { Bronorganisatie = to }), Cancellation).AsTask();
        await await Task.WhenAny(claimed.Task, commit);
        Assert.False(commit.IsCompleted, "The mover waits before it departs.");
        return new(commit, released.SetResult);
    }

    /// <summary>A klant that has arrived while its trail is still in the bronorganisatie that it left.</summary>
    private async Task GivenTrailInOriginAsync()
    {
        var klant = await situation.GivenAsync();
        var arrived = false;
        moverRequests.Plan(async (request, _, isWrite) =>
        {
            if (arrived) return Fault.Unavailable;
            arrived = isWrite && IsArrival(await StepsAsync(request));
            return null;
        });
        var move = CosmosSituation.Change(klant, k => k with { Bronorganisatie = situation.Destination });
        await mover.Store.CommitAsync(move, Cancellation);
        Assert.True(arrived, "The klant has arrived.");
        moverRequests.Plan((_, _) => null);
    }

    /// <summary>A deletion of which nothing but the first transaction was carried out.</summary>
    private async Task GivenInterruptedDeletionAsync(string? bronorganisatie = null)
    {
        if (bronorganisatie is null)
        {
            await situation.GivenAsync();
            await ChangeAsync();
        }
        using var faults = new FaultHandler();
        using var stale = new StaleTrail(bronorganisatie ?? situation.Origin, faults);
        using var killed = host.Another(stale);
        var klant = await killed.ReadAsync(situation.Id);
        stale.Shows(0);
        var deleted = false;
        faults.Plan((_, isWrite) =>
        {
            if (deleted) return Fault.Unavailable;
            deleted = isWrite;
            return null;
        });
        await killed.Store.CommitAsync(CosmosSituation.Deletion(klant), Cancellation);
    }

    private async Task MoveAsync(string bronorganisatie)
    {
        var result = CommitResult.Changed;
        while (result == CommitResult.Changed)
        {
            var move = CosmosSituation.Change(await situation.ReadAsync(), k => k with { Bronorganisatie = bronorganisatie });
            result = await host.Store.CommitAsync(move, Cancellation);
        }
        Assert.Equal(CommitResult.Committed, result);
    }

    /// <summary>Delivers all notifications.</summary>
    private async Task DeliverAsync()
    {
        var later = DateTimeOffset.UtcNow.AddYears(10);
        while (await host.Outbox.LeaseAsync(100, later, OutboxTimes.Lease, Cancellation) is { Count: > 0 } entries)
        {
            foreach (var entry in entries) await host.Outbox.DeliveredAsync(entry, Cancellation);
        }
    }

    private async Task ChangeAsync()
    {
        var change = CosmosSituation.Change(await situation.ReadAsync(), k => k with { Functie = "Kok" });
        Assert.Equal(CommitResult.Committed, await host.Store.CommitAsync(change, Cancellation));
    }

    private static async Task ListAsync(CosmosInstance instance, string bronorganisatie) =>
        await instance.Store.ListAsync(new([(FilterFields.Bronorganisatie, bronorganisatie)]), PageRequest.First, Cancellation);

    private static bool IsIn(HttpRequestMessage request, string bronorganisatie) =>
        request.Headers.TryGetValues("x-ms-documentdb-partitionkey", out var key)
        && key.Single().Contains(bronorganisatie, StringComparison.Ordinal);

    /// <summary>The documents of a transaction stand in it as JSON.</summary>
    private static async Task<string> StepsAsync(HttpRequestMessage request) =>
        Encoding.Latin1.GetString(await request.Content!.ReadAsByteArrayAsync(Cancellation));

    private sealed record Move(Task<CommitResult> Commit, Action Release);
}
