using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Klanten.Functions.ExternalApis;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.ExternalApis;

/// <summary>Names are resolved apart from the requests: a DNS that does not answer holds up nothing but the look-up itself.</summary>
public sealed class HostResolverTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_name_is_resolved_outside_the_thread_pool()
    {
        var pooled = true;
        var resolver = new HostResolver(
            _ =>
            {
                pooled = Thread.CurrentThread.IsThreadPoolThread;
                return [IPAddress.Loopback];
            }, 1);
        Assert.Equal([IPAddress.Loopback], await resolver.ResolveAsync("a.example", Cancel));
        Assert.False(pooled);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.1", "127.0.0.1")]
    [InlineData("2130706433", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("fe80::1%1", "fe80::1%1")]
    public async Task An_address_needs_no_look_up(string host, string address)
    {
        var resolver = new HostResolver(_ => throw new InvalidOperationException("looked up"), 1);
        Assert.Equal([IPAddress.Parse(address)], await resolver.ResolveAsync(host, Cancel));
    }

    [Fact]
    public async Task A_few_names_are_resolved_at_a_time_and_the_others_wait_their_turn()
    {
        using var dns = new SilentDns();
        var resolver = new HostResolver(dns.LookUp, 4);
        var lookUps = Enumerable.Range(0, 50).Select(i => resolver.ResolveAsync($"n{i}.example", Cancel)).ToArray();
        await Eventually.TrueAsync(() => dns.Asked.Count == 4, "four names are looked up");
        dns.Answer();
        await Task.WhenAll(lookUps);
        Assert.Equal((50, 4), (dns.Asked.Count, dns.MostAtOnce));
    }

    [Fact]
    public async Task A_name_is_looked_up_once_for_all_who_wait_for_it()
    {
        using var dns = new SilentDns();
        var resolver = new HostResolver(dns.LookUp, 4);
        var lookUps = Enumerable.Range(0, 50).Select(i => resolver.ResolveAsync(i % 2 == 0 ? "a.example" : "A.EXAMPLE", Cancel)).ToArray();
        dns.Answer();
        await Task.WhenAll(lookUps);
        Assert.InRange(dns.MostAtOnce, 1, 1);
    }

    [Fact]
    public async Task A_caller_may_leave_while_it_waits_for_room_and_while_it_waits_for_the_answer()
    {
        using var dns = new SilentDns();
        using var leave = new CancellationTokenSource();
        var resolver = new HostResolver(dns.LookUp, 1);
        var running = resolver.ResolveAsync("a.example", leave.Token);
        await Eventually.TrueAsync(() => dns.Asked.Count == 1, "the first name is looked up");
        var waiting = resolver.ResolveAsync("b.example", leave.Token);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        dns.Answer();
        Assert.NotEmpty(await resolver.ResolveAsync("c.example", Cancel));
        Assert.DoesNotContain("b.example", dns.Asked);
    }

    [Fact]
    public async Task A_name_that_is_not_found_leaves_room_for_the_next()
    {
        var resolver = new HostResolver(
            host => host == "geen.example" ? throw new SocketException((int)SocketError.HostNotFound) : [IPAddress.Loopback], 1);
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<SocketException>(() => resolver.ResolveAsync("geen.example", Cancel));
        }
        Assert.Single(await resolver.ResolveAsync("wel.example", Cancel));
    }

    [Fact]
    public async Task While_DNS_is_silent_reads_and_other_writes_go_on_and_a_subject_costs_its_timeout()
    {
        using var dns = new SilentDns();
        await using var program = await KlantenHost.StartAsync(
            new Dictionary<string, string?> { ["Klanten:Subject:Timeout"] = "00:00:03" },
            services => services.AddSingleton<LookUpHost>(dns.LookUp));
        var klant = await program.Client.CreateAsync();
        var posts = Enumerable.Range(0, 50)
            .Select(i => program.Client.SendAsync("POST", "klanten", Bodies.NumberedKlant($"http://n{i}.slow.example/")))
            .ToArray();
        await Eventually.TrueAsync(() => dns.Asked.Count == 16, "the room of the look-ups is full");
        for (var i = 0; i < 20; i++)
        {
            using var read = await program.Client.SendAsync("GET", klant);
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
            await program.Client.CreateAsync();
        }
        Assert.All(posts, post => Assert.False(post.IsCompleted, "it was answered before the reads beside it"));
        foreach (var answer in await Task.WhenAll(posts))
        {
            Assert.Equal("bad-url", (string?)(await answer.JsonAsync())["invalidParams"]![0]!["code"]);
        }
        Assert.Equal(16, dns.MostAtOnce);
    }

    [Fact]
    public async Task Names_that_consumers_make_up_do_not_keep_out_a_host_of_the_configuration()
    {
        using var dns = new SilentDns("register");
        await using var register = await FakeApi.StartAsync();
        await using var program = await KlantenHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Klanten:Subject:Timeout"] = "00:00:20",
                ["Klanten:Subject:ToegestaneHosts:0"] = "register",
            },
            services => services.AddSingleton<LookUpHost>(dns.LookUp));
        var posts = Enumerable.Range(0, 20)
            .Select(i => program.Client.SendAsync("POST", "klanten", Bodies.NumberedKlant($"http://n{i}.slow.example/")))
            .ToArray();
        await Eventually.TrueAsync(() => dns.Asked.Count == 16, "the room of the look-ups is full");
        using var created = await program.Client.SendAsync("POST", "klanten", Bodies.NumberedKlant($"http://register:{register.Port}/"));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        dns.Answer();
        await Task.WhenAll(posts);
    }

    /// <summary>A resolver that does not answer until the test lets it, but for one host.</summary>
    private sealed class SilentDns(string? known = null) : IDisposable
    {
        private readonly ManualResetEventSlim answering = new();
        private int running;

        public ConcurrentQueue<string> Asked { get; } = [];

        public int MostAtOnce { get; private set; }

        public IPAddress[] LookUp(string host)
        {
            if (host == known) return [IPAddress.Loopback];
            lock (answering) MostAtOnce = Math.Max(MostAtOnce, ++running);
            Asked.Enqueue(host);
            answering.Wait();
            lock (answering) running--;
            return [IPAddress.Parse("192.0.2.1")];
        }

        public void Answer() => answering.Set();

        /// <remarks>The event stays: look-ups that were left behind may still wait for it.</remarks>
        public void Dispose() => Answer();
    }
}
