using System.Net;
using Klanten.Functions.Storage.Cosmos;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>A program that is to make its container, and an account that is away when it starts.</summary>
public sealed class ContainerInitializerTests(CosmosAccount account)
{
    [Fact]
    public async Task An_account_that_is_away_does_not_keep_the_program_from_starting_and_is_served_once_it_is_back()
    {
        using var road = new ClosedRoad();
        using var log = new LogEverything();
        var options = await account.OptionsAsync();
        var store = new CosmosContainer(account);
        await store.InitializeAsync();
        await using var program = await KlantenHost.StartAsync(
            store.Settings.ToDictionary(),
            services => services.AddSingleton(_ => CosmosAccount.Client(options, road)).AddSingleton<ILoggerProvider>(log));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (await AskAsync(program, "live"), await AskAsync(program, "ready")));
        await Eventually.TrueAsync(
            () => log.Lines.Any(line => line.Contains($"The store does not answer yet (Klanten:Opslag is Cosmos): {typeof(CosmosStoreException).FullName}", StringComparison.Ordinal)),
            "the log tells the kind of fault");
        Assert.All(log.Lines, line => Assert.DoesNotContain(ClosedRoad.Message, line, StringComparison.Ordinal));

        road.Open();
        await program.Client.CreateAsync();
        await Eventually.TrueAsync(async () => await AskAsync(program, "ready") == HttpStatusCode.OK, "the program is ready");
        await store.DisposeAsync();
    }

    [Fact]
    public async Task All_who_ask_at_the_same_time_wait_for_one_attempt_and_the_next_to_ask_after_a_failure_begins_another()
    {
        using var road = new ClosedRoad();
        var options = await account.OptionsAsync();
        options.Aanmaken = true;
        using var client = CosmosAccount.Client(options, road);
        var creation = new ContainerInitializer(client, options);

        var together = new[] { creation.EnsureAsync(TestContext.Current.CancellationToken), creation.EnsureAsync(TestContext.Current.CancellationToken) };
        foreach (var one in together) await Assert.ThrowsAnyAsync<Exception>(() => one);
        road.Open();
        await creation.EnsureAsync(TestContext.Current.CancellationToken);
        var asked = road.Passed;
        await creation.EnsureAsync(TestContext.Current.CancellationToken);

        Assert.Equal(asked, road.Passed);
        await client.GetContainer(options.Database, options.Container).DeleteContainerAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    private static async Task<HttpStatusCode> AskAsync(KlantenHost program, string kind)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync($"{program.Root}/healthz/{kind}", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>Lets nothing through to the account until it is opened.</summary>
    private sealed class ClosedRoad() : DelegatingHandler(new SocketsHttpHandler())
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
