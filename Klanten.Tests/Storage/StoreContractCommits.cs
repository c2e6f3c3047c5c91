using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Tests.Storage.Cosmos;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage;

/// <summary>Commits are atomic, a klantnummer is unique within its bronorganisatie, and no update is lost.</summary>
public abstract class StoreContractCommits(Func<Task<StoreHost>> open) : StoreContract(open)
{
    private readonly string rsin = Rsin();

    [Theory]
    [InlineData(SubjectType.NatuurlijkPersoon)]
    [InlineData(SubjectType.NietNatuurlijkPersoon)]
    [InlineData(SubjectType.Vestiging)]
    public async Task A_created_klant_reads_as_it_was_written(string subjectType)
    {
        var commit = Creation(Klant(rsin, subjectType: subjectType));
        await Store.CommitAsync(commit, Cancellation);
        var klant = await ReadAsync(commit.Id);
        Assert.Equal(commit.Id, klant.Id);
        AssertSame(commit.AfterJson, klant.Json);
    }

    [Fact]
    public async Task A_klant_that_was_never_registered_is_not_found() =>
        Assert.Null(await Store.ReadAsync(KlantId.New(rsin), Cancellation));

    [Fact]
    public async Task A_klant_is_found_by_a_uuid_made_elsewhere()
    {
        var foreign = new KlantId(new("f47ac10b-58cc-1372-8567-0e02b2c3d479"));
        Assert.Equal(foreign, (await GivenAsync(Klant(rsin), foreign)).Id);
    }

    [Fact]
    public async Task A_klant_is_found_by_a_uuid_that_names_another_bronorganisatie()
    {
        var misleading = KlantId.New(Rsin());
        Assert.Equal(misleading, (await GivenAsync(Klant(rsin), misleading)).Id);
    }

    [Fact]
    public async Task A_klantnummer_is_given_once_within_a_bronorganisatie()
    {
        await GivenAsync(Klant(rsin, "A-1"));
        var second = Creation(Klant(rsin, "A-1"));
        Assert.Equal(CommitResult.KlantnummerTaken, await Store.CommitAsync(second, Cancellation));
        Assert.Null(await Store.ReadAsync(second.Id, Cancellation));
        Assert.Null(await Store.ReadAuditTrailAsync(second.Id, Cancellation));
        Assert.Equal(1, (await ListAsync()).Count);
    }

    [Theory]
    [InlineData("a-1")]
    [InlineData("A-1 ")]
    [InlineData("#teller")]
    public async Task Klantnummers_differ_by_every_character(string other)
    {
        await GivenAsync(Klant(rsin, "A-1"));
        await GivenAsync(Klant(rsin, other));
        Assert.Equal(2, (await ListAsync()).Count);
    }

    [Fact]
    public async Task Two_bronorganisaties_may_use_the_same_klantnummer()
    {
        await GivenAsync(Klant(rsin));
        await GivenAsync(Klant(Rsin()));
        Assert.Equal(2, (await ListAsync()).Count);
    }

    [Fact]
    public async Task One_of_many_concurrent_creations_gets_the_klantnummer()
    {
        var commits = Enumerable.Range(0, 12).Select(_ => Creation(Klant(rsin, "A-1"))).ToList();
        var results = await Task.WhenAll(commits.Select(c => Store.CommitAsync(c, Cancellation).AsTask()));
        Assert.Single(results, CommitResult.Committed);
        Assert.All(results.Where(r => r != CommitResult.Committed), r => Assert.Equal(CommitResult.KlantnummerTaken, r));
        Assert.Equal(1, (await ListAsync()).Count);
    }

    [Fact]
    public async Task A_change_is_read_back_under_a_new_version()
    {
        var before = await GivenAsync(Klant(rsin));
        var commit = Change(before, k => k with { Achternaam = "Nieuw", Adres = null });
        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(commit, Cancellation));
        var after = await ReadAsync(before.Id);
        AssertSame(commit.AfterJson, after.Json);
        Assert.NotEqual(before.Version, after.Version);
    }

    [Fact]
    public async Task A_change_of_a_klant_that_another_commit_changed_is_refused()
    {
        var before = await GivenAsync(Klant(rsin));
        var theirs = await ChangedAsync(before, k => k with { Achternaam = "Hunne" });
        Assert.Equal(CommitResult.Changed, await Store.CommitAsync(Change(before, k => k with { Achternaam = "Onze" }), Cancellation));
        AssertSame(theirs.Json, (await ReadAsync(before.Id)).Json);
        Assert.Equal(2, (await TrailAsync(before.Id)).Count);
    }

    [Fact]
    public async Task One_of_many_concurrent_changes_of_a_klant_is_made()
    {
        var before = await GivenAsync(Klant(rsin));
        var commits = Enumerable.Range(0, 12).Select(i => Change(before, k => k with { Functie = $"Functie {i}" })).ToList();
        var results = await Task.WhenAll(commits.Select(c => Store.CommitAsync(c, Cancellation).AsTask()));
        Assert.Single(results, CommitResult.Committed);
        Assert.Equal(2, (await TrailAsync(before.Id)).Count);
    }

    [Fact]
    public async Task A_change_of_a_deleted_klant_is_refused()
    {
        var before = await GivenAsync(Klant(rsin));
        await Store.CommitAsync(Deletion(before), Cancellation);
        Assert.Equal(CommitResult.Changed, await Store.CommitAsync(Change(before, k => k), Cancellation));
        Assert.Null(await Store.ReadAsync(before.Id, Cancellation));
    }

    [Fact]
    public async Task A_change_to_a_taken_klantnummer_is_refused()
    {
        await GivenAsync(Klant(rsin, "A-1"));
        var other = await GivenAsync(Klant(rsin, "A-2"));
        var change = Change(other, k => k with { Klantnummer = "A-1" });
        Assert.Equal(CommitResult.KlantnummerTaken, await Store.CommitAsync(change, Cancellation));
        AssertSame(other.Json, (await ReadAsync(other.Id)).Json);
    }

    [Fact]
    public async Task The_former_klantnummer_of_a_klant_is_free_again()
    {
        var first = await GivenAsync(Klant(rsin, "A-1"));
        await ChangedAsync(first, k => k with { Klantnummer = "A-2" });
        await GivenAsync(Klant(rsin, "A-1"));
        Assert.Equal(2, (await ListAsync()).Count);
    }

    [Fact]
    public async Task A_deleted_klant_is_gone_with_its_audit_trail()
    {
        var klant = await GivenAsync(Klant(rsin));
        var entry = Assert.Single(await TrailAsync(klant.Id));
        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(Deletion(klant), Cancellation));
        Assert.Null(await Store.ReadAsync(klant.Id, Cancellation));
        Assert.Null(await Store.ReadAuditTrailAsync(klant.Id, Cancellation));
        Assert.Null(await Store.ReadAuditEntryAsync(klant.Id, entry.Uuid, Cancellation));
        Assert.Equal(0, (await ListAsync()).Count);
    }

    [Fact]
    public async Task The_klantnummer_of_a_deleted_klant_is_free_again()
    {
        await Store.CommitAsync(Deletion(await GivenAsync(Klant(rsin, "A-1"))), Cancellation);
        await GivenAsync(Klant(rsin, "A-1"));
    }

    [Fact]
    public async Task A_deletion_of_a_klant_that_another_commit_changed_is_refused()
    {
        var before = await GivenAsync(Klant(rsin));
        await ChangedAsync(before, k => k with { Achternaam = "Hunne" });
        Assert.Equal(CommitResult.Changed, await Store.CommitAsync(Deletion(before), Cancellation));
        await ReadAsync(before.Id);
    }

    [Fact]
    public async Task A_commit_that_was_cancelled_before_it_was_sent_changes_nothing()
    {
        var commit = Creation(Klant(rsin));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.CommitAsync(commit, new(canceled: true)));
        Assert.Null(await Store.ReadAsync(commit.Id, Cancellation));
    }

    [Fact]
    public async Task A_klantnummer_is_taken_by_the_klant_that_has_it()
    {
        var klant = await GivenAsync(Klant(rsin, "A-1"));
        Assert.True(await Store.IsTakenAsync(rsin, "A-1", null, Cancellation));
        Assert.True(await Store.IsTakenAsync(rsin, "A-1", KlantId.New(rsin), Cancellation));
        Assert.False(await Store.IsTakenAsync(rsin, "A-1", klant.Id, Cancellation));
        Assert.False(await Store.IsTakenAsync(rsin, "a-1", null, Cancellation));
        Assert.False(await Store.IsTakenAsync(Rsin(), "A-1", null, Cancellation));
    }
}

public sealed class SqliteCommitTests() : StoreContractCommits(Sqlite);

public sealed class CosmosCommitTests(CosmosAccount account) : StoreContractCommits(() => Cosmos(account));
