using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Klanten.Tests.Hosting.FunctionsHost;
using Klanten.Tests.Hosting.FunctionsHost.Protocol;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>What happens to requests in flight when the host stops, the worker dies, or the consumer closes the connection.</summary>
public sealed class WorkerLifeTests(PublishedProgram published)
{
    private const int Writers = 16;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_stops_lets_the_request_in_flight_end_and_then_the_worker()
    {
        await using var register = await HeldRegister.StartAsync();
        await using var hosted = await HostedProgram.StartAsync(published, HeldRegister.Settings);
        var answer = await register.HoldAsync(hosted.Client, Stop);

        var stopping = hosted.Host.StopAsync();
        await Eventually.TrueAsync(() => IsRefusedAsync(hosted.Host.BaseAddress), "new connections are refused");
        var running = !(await hosted.Host.WorkerAsync()).Process.HasExited;
        register.Release();
        using var response = await answer;
        var end = await stopping;

        Assert.Equal((HttpStatusCode.Created, true), (response.StatusCode, running));
        Assert.Equal(new WorkerEnd(ByItself: true, ExitCode: 0), end);
    }

    [Fact]
    public async Task A_worker_at_rest_ends_in_order()
    {
        await using var hosted = await HostedProgram.StartAsync(published, new Dictionary<string, string?>());
        await hosted.Client.CreateAsync();

        Assert.Equal(new WorkerEnd(ByItself: true, ExitCode: 0), await hosted.Host.StopAsync());
    }

    [Fact]
    public async Task A_worker_that_is_asked_to_end_while_it_starts_ends_in_order()
    {
        await using var hosted = await HostedProgram.StartAsync(published, new Dictionary<string, string?>());

        Assert.Equal(new WorkerEnd(ByItself: true, ExitCode: 0), await hosted.Host.StopAsync());
    }

    [Fact]
    public async Task A_request_whose_worker_dies_is_answered_at_once_and_not_sent_again()
    {
        await using var register = await HeldRegister.StartAsync();
        await using var hosted = await HostedProgram.StartAsync(published, HeldRegister.Settings);
        var answer = await register.HoldAsync(hosted.Client, Stop);

        await hosted.Host.KillWorkerAsync();
        using var response = await answer;
        using var next = await hosted.Client.GetAsync("klanten", Stop);

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.OK, 1), (response.StatusCode, next.StatusCode, register.Asked));
    }

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_when_the_worker_dies_under_load()
    {
        await using var hosted = await HostedProgram.StartAsync(published, new Dictionary<string, string?>());
        var acknowledged = new ConcurrentQueue<string>();
        using var killed = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => CreateAsync(hosted.Client, acknowledged, killed.Token)));
        await Eventually.TrueAsync(() => acknowledged.Count >= 10 * Writers, "there is load");

        await hosted.Host.KillWorkerAsync();
        await killed.CancelAsync();
        await load;

        foreach (var url in acknowledged)
        {
            using var response = await hosted.Client.GetAsync(url, Stop);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_consumer_who_leaves_is_no_failure()
    {
        await using var register = await HeldRegister.StartAsync();
        await using var hosted = await HostedProgram.StartAsync(published, HeldRegister.Settings);
        using var leaving = new CancellationTokenSource();
        var answer = await register.HoldAsync(hosted.Client, leaving.Token);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);

        await Eventually.TrueAsync(() => hosted.Host.Invocations.Count > 0, "the invocation ends");
        Assert.NotEqual(StatusResult.Types.Status.Failure, Assert.Single(hosted.Host.Invocations).Status);
    }

    private static async Task CreateAsync(HttpClient client, ConcurrentQueue<string> acknowledged, CancellationToken killed)
    {
        while (!killed.IsCancellationRequested)
        {
            using var response = await client.SendAsync("POST", "klanten", Bodies.NumberedKlant());
            if (response.StatusCode == HttpStatusCode.Created) acknowledged.Enqueue(response.Headers.Location!.ToString());
            else Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        }
    }

    private static async Task<bool> IsRefusedAsync(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, Stop);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
