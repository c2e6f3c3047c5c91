using System.Collections.Concurrent;
using System.Net;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Http;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;

namespace Klanten.Tests.Http;

/// <summary>The answer to an exception does not show its cause; the log does.</summary>
public sealed class ErrorBoundaryTests
{
    private const string InTheMessage = "klant Jansen, 111222333";

    [Fact]
    public async Task The_instance_of_a_500_is_in_the_log_line_of_its_fault()
    {
        var (answers, lines) = await FaultsAsync(2);
        Assert.Equal(2, lines.Count);
        foreach (var (answer, line) in answers.Zip(lines))
        {
            Assert.Contains($"{nameof(IOException)}, answered as {answer}\n", line, StringComparison.Ordinal);
        }
        Assert.Equal(2, answers.Distinct().Count());
    }

    [Fact]
    public async Task The_log_line_of_a_fault_holds_nothing_that_was_sent()
    {
        var (_, lines) = await FaultsAsync(1);
        Assert.DoesNotContain("Jansen", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_500_has_the_headers_of_every_answer()
    {
        var store = new Mock<IKlantStore>();
        store.Setup(s => s.ReadAsync(It.IsAny<KlantId>(), It.IsAny<CancellationToken>())).Throws(new IOException(InTheMessage));
        await using var program = await KlantenHost.StartAsync(replace: services => services.AddSingleton(store.Object));
        using var response = await program.Client.SendAsync("GET", $"klanten/{Guid.NewGuid()}");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(["GET", "HEAD", "PUT", "PATCH", "DELETE"], response.Content.Headers.Allow);
        foreach (var (name, value) in new[]
        {
            ("API-version", "1.0.0"), ("X-Frame-Options", "SAMEORIGIN"), ("X-Content-Type-Options", "nosniff"), ("Vary", "Origin"),
            ("Cache-Control", "no-cache, private"),
        })
            Assert.Equal([value], response.Headers.GetValues(name));
    }

    [Fact]
    public async Task A_scan_that_does_not_get_its_turn_is_503_with_Retry_After()
    {
        var store = new Mock<IKlantStore>();
        store.Setup(s => s.ListAsync(It.IsAny<KlantFilter>(), It.IsAny<PageRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new ScanRefusedException(TimeSpan.FromSeconds(5)));
        await using var program = await KlantenHost.StartAsync(replace: services => services.AddSingleton(store.Object));
        using var response = await program.Client.SendAsync("GET", "klanten?functie=Bakker");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter!.Delta);
        Assert.Equal("te-veel-zoekopdrachten", (string?)(await response.JsonAsync())["code"]);
    }

    [Fact]
    public async Task A_klant_that_is_removed_while_its_trail_is_sent_cuts_the_answer_off_and_is_no_fault()
    {
        var entry = new AuditEntry
        {
            Uuid = Guid.NewGuid(),
            AuditContext = new(),
            Actie = Actie.Create,
            ResourceWeergave = "111222333 - 1",
            Aanmaakdatum = DateTimeOffset.UnixEpoch,
            Nieuw = "{}"u8.ToArray(),
        };
        var store = new Mock<IKlantStore>();
        store.Setup(s => s.ReadAuditTrailAsync(It.IsAny<KlantId>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Chunk<AuditEntry>([entry], _ => throw new KlantRemovedException()));
        using var log = new FaultLog();
        await using var program = await KlantenHost.StartAsync(
            replace: services => services.AddSingleton(store.Object).AddSingleton<ILoggerProvider>(log));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => program.Client.SendAsync("GET", $"klanten/{Guid.NewGuid()}/audittrail"));
        Assert.Empty(log.Lines);
    }

    /// <summary>Asks a program whose store fails so many times, one after the other.</summary>
    /// <returns>The instance of each answer, and what was logged.</returns>
    private static async Task<(List<string> Instances, IReadOnlyCollection<string> Lines)> FaultsAsync(int times)
    {
        var store = new Mock<IKlantStore>();
        store.Setup(s => s.ReadAsync(It.IsAny<KlantId>(), It.IsAny<CancellationToken>())).Throws(new IOException(InTheMessage));
        using var log = new FaultLog();
        await using var program = await KlantenHost.StartAsync(
            replace: services => services.AddSingleton(store.Object).AddSingleton<ILoggerProvider>(log));
        var instances = new List<string>();
        for (var i = 0; i < times; i++)
        {
            using var response = await program.Client.SendAsync("GET", $"klanten/{Guid.NewGuid()}");
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
            instances.Add((string)(await response.JsonAsync())["instance"]!);
        }
        return (instances, log.Lines);
    }

    /// <summary>What the boundary writes to the log, as text.</summary>
    private sealed class FaultLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) =>
            categoryName == typeof(ErrorBoundary).FullName ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
