using Klanten.Core.Model;
using Klanten.Core.Ports;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>What is read from the account for a chunk is about a chunk, however long the list and the trail are.</summary>
public sealed class CosmosMemoryTests(CosmosAccount account) : IAsyncLifetime
{
    /// <summary>The largest answer to a query (Azure Cosmos DB, service limits), and what the SDK's envelope adds.</summary>
    private const long MaxAnswer = (4 * 1024 * 1024) + 1024;

    /// <summary>What a klant of <see cref="Large"/> takes in JSON.</summary>
    private const int LargeBytes = 75_000;

    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly AnswerSizes answers = new();
    private readonly string rsin = Rsin();
    private CosmosHost host = null!;
    private CosmosInstance instance = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await CosmosHost.OpenAsync(account);
        instance = host.Another(answers);
    }

    public async ValueTask DisposeAsync()
    {
        instance.Dispose();
        answers.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_page_is_looked_up_in_answers_of_limited_size_and_then_read_by_the_chunk()
    {
        await using (var bulkLoad = await host.Store.BeginBulkLoadAsync(Cancellation))
        {
            var klanten = Enumerable.Range(1, PageRequest.Size).Select(i => Large($"{i}"));
            var commits = klanten.Select((klant, i) => StoreData.Creation(klant, KlantId.New(rsin), Start.AddSeconds(i))).ToList();
            await bulkLoad.CommitAsync(commits, Cancellation);
        }
        var page = await instance.Store.ListAsync(KlantFilter.None, PageRequest.First, Cancellation);
        Assert.InRange(answers.Largest, 1, MaxAnswer);
        Assert.Equal(PageRequest.Size, await ReadRestAsync(page!.Klanten));
    }

    [Fact]
    public async Task A_trail_is_read_by_the_chunk_from_the_start()
    {
        var klant = await ReadAsync(StoreData.Creation(Large("1"), KlantId.New(rsin), Start));
        for (var i = 0; i < 70; i++) klant = await ReadAsync(Change(klant, k => k with { Voornaam = $"{i}" }, Start));
        answers.Clear();
        var trail = await instance.Store.ReadAuditTrailAsync(klant.Id, Cancellation);
        // What does not fit in a chunk is not read to its end: the rest of the trail has more than another answer.
        Assert.InRange(answers.Total, 1, MaxAnswer + (10 * LargeBytes));
        Assert.Equal(71, await ReadRestAsync(trail!));
    }

    private async Task<int> ReadRestAsync<T>(Chunk<T> chunk)
    {
        var count = chunk.Items.Count;
        while (chunk.NextAsync is { } next)
        {
            answers.Clear();
            chunk = await next(Cancellation);
            Assert.InRange(answers.Total, 0, Chunk.MaxBytes + (5 * LargeBytes));
            count += chunk.Items.Count;
        }
        return count;
    }

    private async Task<StoredKlant> ReadAsync(KlantCommit commit)
    {
        Assert.Equal(CommitResult.Committed, await host.Store.CommitAsync(commit, Cancellation));
        return (await host.Store.ReadAsync(commit.Id, Cancellation))!;
    }

    private Klant Large(string klantnummer) => Klant(rsin, klantnummer, SubjectType.Vestiging) with
    {
        SubjectIdentificatie = new Vestiging { Handelsnaam = [.. Enumerable.Repeat(new string('n', 720), 100)] },
    };

    /// <summary>Counts the bytes of answers with documents.</summary>
    private sealed class AnswerSizes() : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly Lock gate = new();

        public long Largest { get; private set; }

        public long Total { get; private set; }

        public void Clear()
        {
            lock (gate) (Largest, Total) = (0, 0);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (!request.RequestUri!.AbsolutePath.Contains("/docs", StringComparison.Ordinal)) return answer;
            var bytes = answer.Content.Headers.ContentLength ?? 0;
            lock (gate) (Largest, Total) = (Math.Max(Largest, bytes), Total + bytes);
            return answer;
        }
    }
}
