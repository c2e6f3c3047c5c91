using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.Metrics;
using System.Net;
using Azure.Core;
using Azure.Identity;
using Klanten.Functions.Storage.Cosmos.Requests;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>What a consumer and an operator are told when Cosmos DB fails.</summary>
public sealed class CosmosFaultAnswerTests(CosmosAccount account) : IAsyncLifetime
{
    private readonly FaultHandler handler = new();
    private readonly LogEverything log = new();
    private CosmosContainer store = null!;
    private KlantenHost program = null!;

    public async ValueTask InitializeAsync()
    {
        store = new CosmosContainer(account);
        await store.InitializeAsync();
        var options = await account.OptionsAsync();
        program = await KlantenHost.StartAsync(store.Settings.ToDictionary(), services => services
            .AddSingleton(_ => new CosmosConnection(CosmosAccount.Client(options, handler)))
            .AddSingleton<ILoggerProvider>(log));
        await program.Client.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        handler.Plan((_, _) => null);
        await program.DisposeAsync();
        await store.DisposeAsync();
        handler.Dispose();
        log.Dispose();
    }

    [Theory]
    [InlineData(Fault.Unsent, 503, "opslag-niet-beschikbaar", "0")]
    [InlineData(Fault.Unavailable, 503, "opslag-niet-beschikbaar", "503")]
    [InlineData(Fault.TimedOut, 503, "opslag-niet-beschikbaar", "408")]
    [InlineData(Fault.Gone, 503, "opslag-niet-beschikbaar", "410")]
    [InlineData(Fault.RetryWith, 503, "opslag-niet-beschikbaar", "449")]
    [InlineData(Fault.Full, 507, "opslag-vol", "403", "1014")]
    [InlineData(Fault.Forbidden, 500, "error", "403", "5301")]
    internal async Task A_write_that_fails_says_why(Fault fault, int status, string code, string cosmosStatus, string substatus = "0")
    {
        var counted = new ConcurrentQueue<string>();
        using var listener = ListenTo("klanten.store.faults", counted);
        handler.Plan((_, isWrite) => isWrite ? fault : null);
        using var answer = await program.Client.SendAsync("POST", "klanten", Bodies.NumberedKlant());
        var problem = await answer.JsonAsync();

        Assert.Equal((status, code), ((int)answer.StatusCode, (string)problem["code"]!));
        Assert.Equal(status != 500, answer.Headers.RetryAfter is not null);
        Assert.Contains($"{cosmosStatus}/{substatus}", counted);
        var expected = $"failed with status {cosmosStatus}, substatus {substatus} ";
        Assert.Contains(log.Lines, line => line.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Fault.Unavailable, HttpStatusCode.ServiceUnavailable)]
    [InlineData(Fault.Unsent, HttpStatusCode.ServiceUnavailable)]
    [InlineData(Fault.Throttled, HttpStatusCode.TooManyRequests)]
    [InlineData(Fault.Forbidden, HttpStatusCode.InternalServerError)]
    internal async Task A_read_that_fails_says_so(Fault fault, HttpStatusCode status)
    {
        handler.Plan((_, _) => fault);
        using var answer = await program.Client.SendAsync("GET", "klanten");
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status != HttpStatusCode.InternalServerError, answer.Headers.RetryAfter is not null);
    }

    [Fact]
    public async Task Many_faults_of_one_kind_are_logged_once_a_minute()
    {
        handler.Plan((_, _) => Fault.Forbidden);
        for (var i = 0; i < 20; i++) (await program.Client.SendAsync("GET", "klanten")).Dispose();
        var lines = log.Lines.Where(line => line.Contains("failed with status 403, substatus 5301", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(lines);
        Assert.Equal(lines.Distinct(), lines);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task An_identity_that_gets_no_token_is_a_store_that_does_not_answer(string method)
    {
        var options = await account.OptionsAsync();
        var client = CosmosClients.ClientOptions(options);
        var endpoint = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString }["AccountEndpoint"];
        await using var other = await KlantenHost.StartAsync(store.Settings.ToDictionary(), services => services
            .AddSingleton(_ => new CosmosConnection(new((string)endpoint, new WithoutToken(), client)))
            .AddSingleton<ILoggerProvider>(log));
        using var answer = await other.Client.SendAsync(method, "klanten", method == "POST" ? Bodies.NumberedKlant() : null);
        var problem = await answer.JsonAsync();
        Assert.Equal((503, "opslag-niet-beschikbaar"), ((int)answer.StatusCode, (string)problem["code"]!));
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains(log.Lines, line => line.Contains("failed with status 401, substatus 0 ", StringComparison.Ordinal));
    }

    private MeterListener ListenTo(string name, ConcurrentQueue<string> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == name && instrument.Meter.Scope == program.Services.GetRequiredService<IMeterFactory>())
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var values = tags.ToArray().ToDictionary();
            counted.Enqueue($"{values["status"]}/{values["substatus"]}");
        });
        listener.Start();
        return listener;
    }

    private sealed class WithoutToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("No identity here.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("No identity here.");
    }
}
