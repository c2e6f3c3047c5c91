using System.Net;
using Klanten.Functions.Storage.Cosmos.Requests;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>A program that must create its container, with an account that does not answer when the program starts.</summary>
public sealed class ContainerInitializerTests(CosmosAccount account)
{
    [Fact]
    public async Task The_program_starts_without_its_account_and_becomes_ready_once_the_account_answers()
    {
        using var network = new ClosedNetwork();
        using var log = new LogEverything();
        var options = await account.OptionsAsync();
        var store = new CosmosContainer(account);
        await store.InitializeAsync();
        await using var program = await KlantenHost.StartAsync(
            store.Settings.ToDictionary(),
            services => services
                .AddSingleton(_ => new CosmosConnection(CosmosAccount.Client(options, network)))
                .AddSingleton<ILoggerProvider>(log));

        Assert.Equal(HttpStatusCode.OK, await AskAsync(program, "live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(program, "ready"));
        var expected = $"The store does not answer yet (Klanten:Opslag is Cosmos): {typeof(CosmosStoreException).FullName}";
        await Eventually.TrueAsync(
            () => log.Lines.Any(line => line.Contains(expected, StringComparison.Ordinal)), "the log names the kind of fault");
        Assert.All(log.Lines, line => Assert.DoesNotContain(ClosedNetwork.Message, line, StringComparison.Ordinal));

        network.Open();
        await program.Client.CreateAsync();
        await Eventually.TrueAsync(async () => await AskAsync(program, "ready") == HttpStatusCode.OK, "the program is ready");
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Concurrent_callers_share_one_attempt_and_the_first_call_after_a_failure_starts_a_new_one()
    {
        using var network = new ClosedNetwork();
        var options = await account.OptionsAsync();
        options.Aanmaken = true;
        using var client = CosmosAccount.Client(options, network);
        var initializer = new ContainerInitializer(client, options);
        var cancellation = TestContext.Current.CancellationToken;

        var concurrent = new[] { initializer.EnsureAsync(cancellation), initializer.EnsureAsync(cancellation) };
        foreach (var call in concurrent) await Assert.ThrowsAnyAsync<Exception>(() => call);
        network.Open();
        await initializer.EnsureAsync(cancellation);
        var requests = network.Passed;
        await initializer.EnsureAsync(cancellation);

        Assert.Equal(requests, network.Passed);
        await client.GetContainer(options.Database, options.Container).DeleteContainerAsync(cancellationToken: cancellation);
    }

    private static async Task<HttpStatusCode> AskAsync(KlantenHost program, string kind)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync($"{program.Root}/healthz/{kind}", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>Fails every request to the account until it is opened.</summary>
    private sealed class ClosedNetwork() : DelegatingHandler(new SocketsHttpHandler())
    {
        public const string Message = "klant Jansen";

        private volatile bool open;
        private int passed;

        public int Passed => passed;

        public void Open() => open = true;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!open) throw new HttpRequestException(HttpRequestError.ConnectionError, Message);
            Interlocked.Increment(ref passed);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
