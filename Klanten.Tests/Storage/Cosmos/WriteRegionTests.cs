using System.Net;
using System.Text.Json.Nodes;
using Klanten.Functions.Storage.Cosmos.Requests;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>What the program says of an account that does not keep its promises.</summary>
public sealed class WriteRegionTests(CosmosAccount account)
{
    [Theory]
    [InlineData("Session", true)]
    [InlineData("Eventual", true)]
    [InlineData("BoundedStaleness", false)]
    [InlineData("Strong", false)]
    public async Task A_consistency_level_that_is_too_weak_is_a_warning(string level, bool warned)
    {
        using var log = new LogEverything();
        await UseAsync(log, answer => answer["userConsistencyPolicy"]!["defaultConsistencyLevel"] = level, HttpStatusCode.Created);
        Assert.Equal(warned ? 1 : 0, log.Lines.Count(line => line.Contains("0016-consistency.md", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_account_of_which_several_regions_take_writes_is_refused()
    {
        using var log = new LogEverything();
        await UseAsync(
            log,
            answer =>
            {
                var first = answer["writableLocations"]![0]!;
                var second = first.DeepClone();
                second["name"] = "North Europe";
                answer["writableLocations"]!.AsArray().Add(second);
            },
            HttpStatusCode.ServiceUnavailable);
        Assert.Contains(log.Lines, line => line.Contains("kla-001", StringComparison.Ordinal));
    }

    /// <summary>Creates a klant in an account that describes itself as the test wants.</summary>
    private async Task UseAsync(LogEverything log, Action<JsonNode> describe, HttpStatusCode expected)
    {
        using var handler = new AccountHandler(describe);
        await using var store = new CosmosContainer(account);
        await store.InitializeAsync();
        var options = await account.OptionsAsync();
        await using var program = await KlantenHost.StartAsync(store.Settings.ToDictionary(), services => services
            .AddSingleton(_ => new CosmosConnection(CosmosAccount.Client(options, handler)))
            .AddSingleton<ILoggerProvider>(log));
        using var answer = await program.Client.SendAsync("POST", "klanten", Bodies.NatuurlijkPersoon(Numbers.Rsin()));
        using var read = await program.Client.SendAsync("GET", "klanten?bronorganisatie=" + Numbers.Rsin());
        Assert.Equal(expected == HttpStatusCode.Created, read.StatusCode == HttpStatusCode.OK);
        Assert.Equal(expected, answer.StatusCode);
    }

    private sealed class AccountHandler(Action<JsonNode> describe) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath != "/") return answer;
            var description = JsonNode.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken))!;
            describe(description);
            answer.Content = new StringContent(description.ToJsonString());
            return answer;
        }
    }
}
