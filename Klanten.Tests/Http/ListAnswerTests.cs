using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Http;
using Klanten.Tests.Storage;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;

namespace Klanten.Tests.Http;

/// <summary>A list or trail that is too large for one chunk goes from the store to the consumer chunk by chunk (ADR 21).</summary>
public sealed class ListAnswerTests
{
    private const string Bronorganisatie = "999990639";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_page_is_the_same_JSON_as_a_small_one()
    {
        await using var program = await KlantenHost.StartAsync();
        await AddLargeAsync(program, 8);
        using var response = await program.Client.SendAsync("GET", "klanten");
        var page = await response.JsonAsync();
        Assert.Equal(["count", "next", "previous", "results"], page.AsObject().Select(member => member.Key));
        Assert.Equal(8, page["results"]!.AsArray().Count);
        foreach (var klant in page["results"]!.AsArray())
        {
            using var read = await program.Client.SendAsync("GET", new Uri((string)klant!["url"]!).AbsolutePath);
            Assert.True(JsonNode.DeepEquals(await read.JsonAsync(), klant), "The klant on the page differs from the klant.");
        }
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(8, false)]
    public async Task Only_an_answer_of_one_chunk_has_a_length_and_HEAD_answers_alike(int klanten, bool hasLength)
    {
        await using var program = await KlantenHost.StartAsync();
        await AddLargeAsync(program, klanten);
        using var got = await program.Client.SendAsync("GET", "klanten");
        using var head = await program.Client.SendAsync("HEAD", "klanten");
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(hasLength, !(got.Headers.TransferEncodingChunked ?? false));
        Assert.Equal(hasLength, head.Content.Headers.ContentLength is not null);
        Assert.Equal(Headers(got), Headers(head));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task A_long_trail_of_large_entries_is_whole()
    {
        await using var program = await KlantenHost.StartAsync();
        var id = (await AddLargeAsync(program, 1))[0];
        var store = program.Services.GetRequiredService<IKlantStore>();
        for (var i = 0; i < 10; i++)
        {
            var before = (await store.ReadAsync(id, Cancellation))!;
            await store.CommitAsync(StoreData.Change(before, k => k with { Voornaam = $"{i}" }, DateTimeOffset.UtcNow), Cancellation);
        }
        using var response = await program.Client.SendAsync("GET", $"klanten/{id}/audittrail");
        var trail = (await response.JsonAsync()).AsArray();
        Assert.Equal(11, trail.Count);
        foreach (var entry in trail)
        {
            using var read = await program.Client.SendAsync("GET", $"klanten/{id}/audittrail/{entry!["uuid"]}");
            Assert.True(JsonNode.DeepEquals(await read.JsonAsync(), entry), "The entry in the trail differs from the entry.");
        }
    }

    [Fact]
    public async Task No_chunk_is_read_before_the_consumer_has_taken_the_previous_ones()
    {
        const int All = 800;
        var chunks = new CountedChunks(All);
        await using var program = await StartAsync(chunks);
        using var consumer = await RequestAsync(program);
        await Eventually.TrueAsync(() => chunks.Read > 0, "the first chunk is read");
        var read = -1;
        for (var same = 0; same < 20; same++)
        {
            await Task.Delay(10, Cancellation);
            if (chunks.Read != read) (read, same) = (chunks.Read, 0);
        }
        // What the operating system keeps for a connection is some MB; the whole answer is 200 MB.
        Assert.InRange(chunks.Read, 1, All / 4);

        await using var stream = consumer.GetStream();
        var (buffer, bytes) = (new byte[1 << 20], 0L);
        for (var count = 0; (count = await stream.ReadAsync(buffer, Cancellation)) > 0;) bytes += count;
        Assert.Equal(All, chunks.Read);
        Assert.InRange(bytes, (long)All * Chunk.MaxBytes, long.MaxValue);
    }

    [Fact]
    public async Task No_chunk_is_read_after_the_consumer_has_left()
    {
        var chunks = new CountedChunks(int.MaxValue);
        var log = new BoundaryLog();
        await using var program = await StartAsync(chunks, log);
        using (await RequestAsync(program)) await Eventually.TrueAsync(() => chunks.Read > 3, "some chunks are read");
        await Eventually.TrueAsync(
            async () =>
            {
                var read = chunks.Read;
                await Task.Delay(100, Cancellation);
                return read == chunks.Read;
            },
            "no more chunks are read");
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task When_a_later_chunk_fails_the_answer_is_cut_off_and_logged_once()
    {
        var log = new BoundaryLog();
        await using var program = await StartAsync(new CountedChunks(10) { FailsAt = 5 }, log);
        using var response = await program.Client.GetAsync("klanten", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsByteArrayAsync(Cancellation));
        await Eventually.TrueAsync(() => !log.Lines.IsEmpty, "the fault is logged");
        var line = Assert.Single(log.Lines);
        Assert.Contains(nameof(IOException), line, StringComparison.Ordinal);
        Assert.DoesNotContain(CountedChunks.InTheMessage, line, StringComparison.Ordinal);
    }

    private static string[] Headers(HttpResponseMessage response) =>
    [
        .. response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key is not ("Date" or "Transfer-Encoding"))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Klanten of some 75 kB.</summary>
    private static async Task<List<KlantId>> AddLargeAsync(KlantenHost program, int count)
    {
        var store = program.Services.GetRequiredService<IKlantStore>();
        var ids = new List<KlantId>();
        for (var i = 1; i <= count; i++)
        {
            var klant = StoreData.Klant(Bronorganisatie, $"{i}", SubjectType.Vestiging) with
            {
                SubjectIdentificatie = new Vestiging { Handelsnaam = [.. Enumerable.Repeat(new string('n', 720), 100)] },
            };
            ids.Add(KlantId.New(Bronorganisatie));
            await store.CommitAsync(StoreData.Creation(klant, ids[^1], DateTimeOffset.UtcNow), Cancellation);
        }
        return ids;
    }

    private static Task<KlantenHost> StartAsync(CountedChunks chunks, ILoggerProvider? log = null)
    {
        var store = new Mock<IKlantStore>();
        store.Setup(s => s.ListAsync(It.IsAny<KlantFilter>(), It.IsAny<PageRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new(1, 1, chunks.Next()));
        return KlantenHost.StartAsync(replace: services =>
        {
            services.AddSingleton(store.Object);
            if (log is not null) services.AddSingleton(log);
        });
    }

    /// <summary>Asks for a page and reads nothing of the answer.</summary>
    private static async Task<TcpClient> RequestAsync(KlantenHost program)
    {
        var root = new Uri(program.Root);
        var client = new TcpClient();
        await client.ConnectAsync(root.Host, root.Port, Cancellation);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"GET /api/v1/klanten HTTP/1.1\r\nHost: {root.Authority}\r\nConnection: close\r\n"
                + $"Authorization: Bearer {Token.Of(Applications.Super)}\r\n\r\n");
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(head), Cancellation);
        return client;
    }

    /// <summary>A list of many full chunks, which counts how many were read.</summary>
    private sealed class CountedChunks(int all)
    {
        public const string InTheMessage = "klant Jansen";

        private static readonly StoredKlant Klant = new(
            KlantId.New(Bronorganisatie), Encoding.UTF8.GetBytes($$"""{"a":"{{new string('a', Chunk.MaxBytes)}}"}"""), new NoVersion());

        private int read;

        public int Read => Volatile.Read(ref read);

        public int? FailsAt { get; init; }

        public Chunk<StoredKlant> Next()
        {
            if (Interlocked.Increment(ref read) == FailsAt) throw new IOException(InTheMessage);
            return new([Klant], read == all ? null : _ => ValueTask.FromResult(Next()));
        }

        private sealed record NoVersion : StoreVersion;
    }

    /// <summary>What the error boundary and the server log.</summary>
    private sealed class BoundaryLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) =>
            categoryName == typeof(ErrorBoundary).FullName
            || categoryName.StartsWith("Microsoft.AspNetCore.Server", StringComparison.Ordinal)
                ? this
                : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
