using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>Commits that wait at the same time share a transaction, and with it one fsync. They share nothing else.</summary>
public sealed class GroupCommitTests : IDisposable
{
    /// <summary>Less than the length of the writer's queue.</summary>
    private const int Several = 40;

    private readonly HeldWriter writer = new();
    private readonly string rsin = Rsin();
    private int moments;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => writer.Dispose();

    [Fact]
    public async Task Commits_that_wait_at_the_same_time_share_one_transaction()
    {
        using var hold = await writer.HoldAsync();
        var before = writer.Log.Now();
        var answers = Enumerable.Range(0, Several).Select(i => writer.WriteAsync(Creation($"{i}"))).ToList();
        hold.Release();
        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(CommitResult.Committed, answer));
        Assert.Equal(1, writer.Log.CommitsSince(before));
        Assert.Equal(Several, await writer.CountAsync());
    }

    [Fact]
    public async Task A_commit_without_others_does_not_wait_for_others()
    {
        await writer.WriteAsync(Creation("1"));
        var before = writer.Log.Now();
        for (var i = 2; i <= 4; i++) await writer.WriteAsync(Creation($"{i}"));
        Assert.Equal(3, writer.Log.CommitsSince(before));
    }

    [Fact]
    public async Task Changes_of_all_kinds_share_one_transaction()
    {
        var (changed, deleted) = (await GivenAsync("1"), await GivenAsync("2"));
        using var hold = await writer.HoldAsync();
        var before = writer.Log.Now();
        Task<CommitResult>[] answers =
        [
            writer.WriteAsync(Creation("3")),
            writer.WriteAsync(StoreData.Change(changed, k => k with { Bronorganisatie = Rsin() }, Moment())),
            writer.WriteAsync(StoreData.Deletion(deleted, Moment())),
        ];
        hold.Release();
        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(CommitResult.Committed, answer));
        Assert.Equal(1, writer.Log.CommitsSince(before));
    }

    [Fact]
    public async Task The_counter_is_written_in_the_transaction_of_the_commit_that_uses_the_number()
    {
        using var hold = await writer.HoldAsync();
        var before = writer.Log.Now();
        var number = await writer.Store.TakeNumbersAsync(rsin, 1, 1, Cancellation);
        var answer = writer.Store.CommitAsync(Creation($"{number}"), Cancellation);
        hold.Release();
        await answer;
        Assert.Equal(1, writer.Log.CommitsSince(before));
        writer.Reopen();
        Assert.Equal(number + 1, await writer.Store.TakeNumbersAsync(rsin, 1, 1, Cancellation));
    }

    [Fact]
    public async Task A_commit_is_not_answered_while_its_transaction_is_open()
    {
        using var hold = await writer.HoldAsync();
        var commit = Creation("1");
        var answer = writer.WriteAsync(commit);
        using var rest = writer.Queue();
        hold.Release();
        await rest.Reached.WaitAsync(Cancellation);

        Assert.False(answer.IsCompleted);
        Assert.Null(await writer.Store.ReadAsync(commit.Id, Cancellation));

        rest.Release();
        Assert.Equal(CommitResult.Committed, await answer);
        Assert.NotNull(await writer.Store.ReadAsync(commit.Id, Cancellation));
    }

    /// <remarks>The job ends the transaction, so that the COMMIT of the writer fails.</remarks>
    [Fact]
    public async Task A_commit_whose_transaction_fails_to_commit_is_answered_with_an_exception()
    {
        var commit = Creation("1");
        await Assert.ThrowsAsync<SqliteException>(() => writer.Database.WriteAsync(
            transaction =>
            {
                var result = SqliteCommands.Commit(transaction, commit);
                transaction.Session.Execute("ROLLBACK");
                return result;
            },
            cancellationToken: Cancellation));
        Assert.Null(await writer.Store.ReadAsync(commit.Id, Cancellation));
    }

    [Fact]
    public async Task Commits_are_made_in_the_order_of_the_calls()
    {
        using var hold = await writer.HoldAsync();
        var commits = Enumerable.Range(0, Several).Select(i => Creation($"{i}")).ToList();
        var answers = commits.Select(writer.WriteAsync).ToList();
        hold.Release();
        await Task.WhenAll(answers);
        var page = await writer.Store.ListAsync(new([]), PageRequest.First, Cancellation);
        Assert.Equal(commits.Select(c => c.Id), page!.Klanten.Items.Select(k => k.Id));
    }

    [Fact]
    public async Task A_refused_commit_does_not_undo_the_others_of_its_transaction()
    {
        using var hold = await writer.HoldAsync();
        var before = writer.Log.Now();
        var refused = Creation("A-1");
        Task<CommitResult>[] answers =
        [
            writer.WriteAsync(Creation("A-1")),
            writer.WriteAsync(refused),
            writer.WriteAsync(Creation("A-2")),
        ];
        hold.Release();
        Assert.Equal([CommitResult.Committed, CommitResult.KlantnummerTaken, CommitResult.Committed], await Task.WhenAll(answers));
        Assert.Equal(1, writer.Log.CommitsSince(before));
        Assert.Equal(2, await writer.CountAsync());
        Assert.Null(await writer.Store.ReadAuditTrailAsync(refused.Id, Cancellation));
    }

    [Fact]
    public async Task Of_two_changes_of_the_same_klant_in_one_transaction_the_first_is_made()
    {
        var klant = await GivenAsync("1");
        using var hold = await writer.HoldAsync();
        Task<CommitResult>[] answers =
        [
            writer.WriteAsync(StoreData.Change(klant, k => k with { Functie = "Kok" }, Moment())),
            writer.WriteAsync(StoreData.Change(klant, k => k with { Functie = "Ober" }, Moment())),
        ];
        hold.Release();
        Assert.Equal([CommitResult.Committed, CommitResult.Changed], await Task.WhenAll(answers));
        Assert.Equal("Kok", KlantJson.Read((await writer.Store.ReadAsync(klant.Id, Cancellation))!.Json).Functie);
        Assert.Equal(2, (await writer.Store.ReadAuditTrailAsync(klant.Id, Cancellation))!.Items.Count);
    }

    [Fact]
    public Task A_job_that_fails_does_not_undo_the_others_of_its_transaction() =>
        FailAmongOthersAsync(_ => throw new InvalidTimeZoneException());

    /// <remarks>SQLite itself rolls back when a disk is full or fails (sqlite.org/lang_transaction.html, 3.1).</remarks>
    [Fact]
    public Task A_job_whose_fault_rolls_the_transaction_back_does_not_undo_the_others() => FailAmongOthersAsync(transaction =>
    {
        transaction.Session.Execute("ROLLBACK");
        throw new InvalidTimeZoneException();
    });

    [Fact]
    public async Task A_job_for_a_full_queue_is_refused_because_the_store_is_busy()
    {
        const int MoreThanAnyQueue = 100_000;
        using var hold = await writer.HoldAsync();
        var accepted = new List<Task<CommitResult>>();
        var refusal = Record.Exception(() =>
        {
            while (accepted.Count < MoreThanAnyQueue)
            {
                accepted.Add(writer.Database.WriteAsync(_ => CommitResult.Committed, cancellationToken: Cancellation));
            }
        });
        Assert.True(Assert.IsType<StoreBusyException>(refusal).RetryAfter > TimeSpan.Zero);

        hold.Release();
        await Task.WhenAll(accepted);
        Assert.Equal(CommitResult.Committed, await writer.WriteAsync(Creation("1")));
    }

    [Fact]
    public async Task Jobs_that_wait_when_the_store_is_closed_are_finished_first()
    {
        using var hold = await writer.HoldAsync();
        var answers = Enumerable.Range(0, Several).Select(i => writer.WriteAsync(Creation($"{i}"))).ToList();
        hold.Release();
        writer.Reopen();
        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(CommitResult.Committed, answer));
        Assert.Equal(Several, await writer.CountAsync());
    }

    [Fact]
    public async Task A_job_for_a_closed_store_is_refused()
    {
        var database = writer.Database;
        writer.Reopen();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => database.WriteAsync(_ => true, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_commit_waits_for_a_lock_of_another_program_that_is_released_in_time()
    {
        using var other = writer.OpenSession();
        other.Script("BEGIN IMMEDIATE");
        var answer = writer.WriteAsync(Creation("1"));
        await Eventually.TrueAsync(() => writer.Database.Fault == StoreFault.Locked, "the writer was refused the lock");
        other.Script("ROLLBACK");
        Assert.Equal(CommitResult.Committed, await answer);
        await Eventually.TrueAsync(() => writer.Database.Fault is null, "the writer has the lock");
    }

    /// <summary>In WAL mode a commit has no fsync below FULL (2) (sqlite.org/pragma.html#pragma_synchronous).</summary>
    [Theory]
    [InlineData("PRAGMA synchronous", 2)]
    [InlineData("SELECT journal_mode = 'wal' FROM pragma_journal_mode", 1)]
    public async Task The_writer_commits_durably(string question, long expected)
    {
        var answer = await writer.Database.WriteAsync(transaction => transaction.Session.Number(question), cancellationToken: Cancellation);
        Assert.Equal(expected, answer);
    }

    /// <summary>One job among others writes and then fails.</summary>
    private async Task FailAmongOthersAsync(Action<SqliteTransaction> fail)
    {
        using var hold = await writer.HoldAsync();
        var spoilt = Creation("spoilt");
        var earlier = Enumerable.Range(0, 3).Select(i => writer.WriteAsync(Creation($"e{i}"))).ToList();
        var failing = writer.Database.WriteAsync(transaction =>
        {
            var result = SqliteCommands.Commit(transaction, spoilt);
            fail(transaction);
            return result;
        });
        var later = Enumerable.Range(0, 3).Select(i => writer.WriteAsync(Creation($"l{i}"))).ToList();
        hold.Release();
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => failing);
        Assert.All(await Task.WhenAll(earlier.Concat(later)), answer => Assert.Equal(CommitResult.Committed, answer));
        Assert.Equal(6, await writer.CountAsync());
        Assert.Null(await writer.Store.ReadAsync(spoilt.Id, Cancellation));
    }

    private async Task<StoredKlant> GivenAsync(string klantnummer)
    {
        var commit = Creation(klantnummer);
        Assert.Equal(CommitResult.Committed, await writer.WriteAsync(commit));
        return (await writer.Store.ReadAsync(commit.Id, Cancellation))!;
    }

    private KlantCommit Creation(string klantnummer) => StoreData.Creation(Klant(rsin, klantnummer), KlantId.New(rsin), Moment());

    private DateTimeOffset Moment() => new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(++moments);
}
