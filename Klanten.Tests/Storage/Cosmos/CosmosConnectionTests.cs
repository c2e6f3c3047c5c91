using System.Collections.Concurrent;
using System.Net;
using System.Reflection;
using Klanten.Functions.Storage.Cosmos;
using Klanten.Functions.Storage.Cosmos.Requests;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>The connections to the account: made before the first request needs them, and renewed.</summary>
public sealed class CosmosConnectionTests(CosmosAccount account)
{
    [Fact]
    public async Task The_first_request_after_the_start_finds_the_account_and_the_container_known()
    {
        await using var host = await CosmosHost.OpenAsync(account);
        using var requests = new Requests();
        var settings = new Dictionary<string, string?>
        {
            ["Klanten:Opslag"] = "Cosmos",
            ["Klanten:Cosmos:ConnectionString"] = host.Options.ConnectionString,
            ["Klanten:Cosmos:Database"] = host.Options.Database,
            ["Klanten:Cosmos:Container"] = host.Options.Container,
            ["Klanten:Cosmos:Gateway"] = "true",
        };
        await using var program = await KlantenHost.StartAsync(
            settings, services => services.AddSingleton(_ => new CosmosConnection(CosmosAccount.Client(host.Options, requests))));
        await Eventually.TrueAsync(() => requests.Answered.Any(IsForDocuments), "the store is opened");
        requests.Answered.Clear();
        using var answer = await program.Client.SendAsync("GET", "klanten?bronorganisatie=" + Numbers.Rsin());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, requests.Answered.Count);
        Assert.All(requests.Answered, path => Assert.True(IsForDocuments(path), path));
    }

    [Fact]
    public void Connections_to_the_gateway_are_renewed_so_that_a_new_address_is_found()
    {
        var options = new CosmosOptions { ConnectionString = "AccountEndpoint=https://x.example;AccountKey=eA==;" };
        using var client = CosmosClients.Create(options, CosmosClients.ClientOptions(options));
        // The SDK does not show its handler; that it sets the lifetime is in no documentation, so this would show a change.
        var http = Read(Read(client, "DocumentClient"), "httpClient");
        var handler = Assert.IsType<SocketsHttpHandler>(Read(http, "HttpMessageHandler"));
        Assert.InRange(handler.PooledConnectionLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(6));
    }

    [Theory]
    [InlineData(null, false, false)]
    [InlineData("gateway", true, false)]
    [InlineData("direct", true, true)]
    public void The_tests_use_the_mode_that_is_asked_for(string? mode, bool hasAccount, bool isDirect) =>
        Assert.Equal(isDirect, CosmosAccount.ParseMode(mode, hasAccount));

    [Theory]
    [InlineData("direct", "KLANTEN_TEST_COSMOS:")]
    [InlineData("Direct", "direct or gateway")]
    public void The_tests_do_not_pretend_to_use_a_mode_that_they_cannot_use(string mode, string text) =>
        Assert.Contains(
            text,
            Assert.Throws<InvalidOperationException>(() => CosmosAccount.ParseMode(mode, hasAccount: false)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(null, 1)]
    [InlineData("4", 4)]
    public void The_local_server_has_the_number_of_physical_partitions_that_is_asked_for(string? count, int expected) =>
        Assert.Equal(expected, CosmosAccount.ParsePartitions(count));

    [Theory]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("four")]
    public void The_local_server_does_not_have_another_number_than_was_asked_for(string count) =>
        Assert.Throws<InvalidOperationException>(() => CosmosAccount.ParsePartitions(count));

    private static bool IsForDocuments(string path) => path.Contains("/docs", StringComparison.Ordinal);

    private static object Read(object from, string member)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var type = from.GetType();
        return (type.GetProperty(member, Any)?.GetValue(from) ?? type.GetField(member, Any)?.GetValue(from))!;
    }

    private sealed class Requests() : DelegatingHandler(new SocketsHttpHandler())
    {
        public ConcurrentQueue<string> Answered { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            Answered.Enqueue(request.RequestUri!.AbsolutePath);
            return answer;
        }
    }
}
