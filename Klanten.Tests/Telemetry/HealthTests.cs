using System.Net;
using Klanten.Core.Ports;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Klanten.Tests.Telemetry;

/// <summary>Health: whether the process runs, and whether it can serve requests.</summary>
public sealed class HealthTests
{
    private static readonly string[] Both = ["live", "ready"];

    [Fact]
    public async Task Both_are_asked_without_a_token_outside_the_base_path()
    {
        await using var program = await KlantenHost.StartAsync();
        foreach (var kind in Both) Assert.Equal(HttpStatusCode.OK, (await AskAsync(program, kind)).Status);
    }

    [Fact]
    public async Task Within_the_base_path_there_is_nothing()
    {
        await using var program = await KlantenHost.StartAsync();
        using var response = await program.Client.GetAsync("healthz/live", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_program_that_serves_is_healthy()
    {
        await using var program = await KlantenHost.StartAsync();
        Assert.Equal(
            """{"status":"Healthy","opslag":{"status":"Healthy","outboxWachtend":0,"outboxOudsteSeconden":0,"outboxGeparkeerd":0}}""",
            (await AskAsync(program, "ready")).Body);
    }

    [Fact]
    public async Task The_outbox_is_shown_with_its_depth_and_its_age()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var fakeApi = await FakeApi.StartAsync(FakeApi.With(503));
        await using var program = await KlantenHost.StartAsync(
            NotificatiesApi.SettingsOf(fakeApi.Root), services => services.AddSingleton<TimeProvider>(clock));
        await program.Client.CreateAsync();
        clock.Advance(TimeSpan.FromSeconds(42));
        await program.Client.CreateAsync();
        Assert.Contains(
            "\"outboxWachtend\":2,\"outboxOudsteSeconden\":42", (await AskAsync(program, "ready")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parked_notifications_make_it_degraded_and_it_serves_on()
    {
        var (status, body) = await AskAsync(
            outbox => outbox.Setup(o => o.StatusAsync(It.IsAny<CancellationToken>())).ReturnsAsync(new OutboxStatus(0, null, 3)));
        Assert.Equal(
            (HttpStatusCode.OK,
             """{"status":"Degraded","opslag":{"status":"Degraded","outboxWachtend":0,"outboxOudsteSeconden":0,"outboxGeparkeerd":3}}"""),
            (status, body));
    }

    [Fact]
    public async Task A_store_that_fails_makes_it_unhealthy_and_the_cause_is_not_shown()
    {
        var (status, body) = await AskAsync(
            outbox => outbox.Setup(o => o.StatusAsync(It.IsAny<CancellationToken>())).Throws(new IOException("klant Jansen")));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"Unhealthy","opslag":{"status":"Unhealthy"}}"""), (status, body));
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_makes_it_unhealthy_and_not_dead()
    {
        await using var program = await KlantenHost.StartAsync(
            replace: services => services.AddSingleton<IOutbox>(_ => throw new IOException("no such account")));
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK),
            ((await AskAsync(program, "ready")).Status, (await AskAsync(program, "live")).Status));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_makes_it_unhealthy()
    {
        var (status, _) = await AskAsync(outbox => outbox.Setup(o => o.StatusAsync(It.IsAny<CancellationToken>()))
            .Returns(async (CancellationToken cancel) =>
            {
                await Task.Delay(Timeout.Infinite, cancel);
                return new OutboxStatus(0, null, 0);
            }));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
    }

    private static async Task<(HttpStatusCode, string)> AskAsync(Action<Mock<IOutbox>> misbehave)
    {
        var outbox = new Mock<IOutbox>();
        misbehave(outbox);
        await using var program = await KlantenHost.StartAsync(replace: services => services.AddSingleton(outbox.Object));
        return await AskAsync(program, "ready");
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(KlantenHost program, string kind)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync($"{program.Root}/healthz/{kind}", TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
