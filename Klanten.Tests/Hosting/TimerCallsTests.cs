using System.Net;
using Klanten.Core.Storage;
using Klanten.Tests.Hosting.Support;
using Klanten.Tests.Notificaties;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Klanten.Tests.Hosting;

/// <summary>The Functions host calls by the clock, so that an instance that slept delivers what waits.</summary>
public sealed class TimerCallsTests
{
    /// <summary>As the Functions host starts the program; any free port will do.</summary>
    private static readonly KeyValuePair<string, string?> UnderHost = new("FUNCTIONS_CUSTOMHANDLER_PORT", "0");

    [Fact]
    public async Task A_call_delivers_what_waits_before_it_is_answered()
    {
        await using var neighbour = await Neighbour.StartAsync(Neighbour.With(201));
        await using var program = await KlantenHost.StartAsync(NotificatiesSettings.Of(neighbour.Root).Append(UnderHost).ToDictionary(), Asleep);
        await program.Client.CreateAsync();
        Assert.Empty(neighbour.Received);
        using var response = await CallAsync(program);
        Assert.Equal((HttpStatusCode.OK, 1), (response.StatusCode, neighbour.Received.Count));
        Assert.Equal(0, (await program.Services.GetRequiredService<IOutbox>().StatusAsync(TestContext.Current.CancellationToken)).Waiting);
    }

    [Fact]
    public async Task The_answer_is_what_the_host_expects_of_a_function()
    {
        await using var program = await KlantenHost.StartAsync(new Dictionary<string, string?>([UnderHost]));
        using var response = await CallAsync(program);
        Assert.Equal("""{"Outputs":{},"Logs":[],"ReturnValue":null}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_host_there_is_nothing_to_call()
    {
        await using var neighbour = await Neighbour.StartAsync(Neighbour.With(201));
        await using var program = await KlantenHost.StartAsync(NotificatiesSettings.Of(neighbour.Root), Asleep);
        await program.Client.CreateAsync();
        using var response = await CallAsync(program);
        Assert.Equal((HttpStatusCode.NotFound, 0), (response.StatusCode, neighbour.Received.Count));
    }

    /// <summary>Without the service that would deliver of its own accord.</summary>
    private static void Asleep(IServiceCollection services) =>
        services.Remove(services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType == typeof(Functions.Notificaties.OutboxService)));

    private static async Task<HttpResponseMessage> CallAsync(KlantenHost program)
    {
        using var client = new HttpClient();
        return await client.PostAsync($"{program.Root}/outbox_bezorgen", new StringContent("{}"), TestContext.Current.CancellationToken);
    }
}
