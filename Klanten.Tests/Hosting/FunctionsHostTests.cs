using System.Net;
using Klanten.Functions.Hosting;
using Klanten.Functions.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.Hosting;

/// <summary>What is different with a Functions host in front, and only then.</summary>
public sealed class FunctionsHostTests
{
    private const string TimerPath = "/outbox";
    private const string HealthPath = "/api/v1/healthz/live";

    [Fact]
    public async Task The_host_runs_a_timer_with_a_plain_call()
    {
        await using var app = await StartAsync(underHost: true);
        using var answer = await app.GetTestClient().PostAsync(TimerPath, null, TestContext.Current.CancellationToken);

        Assert.Equal("""{"Outputs":{},"Logs":[],"ReturnValue":null}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_host_nobody_can_run_a_timer()
    {
        await using var app = await StartAsync(underHost: false);
        using var answer = await app.GetTestClient().PostAsync(TimerPath, null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Under_the_host_an_endpoint_outside_the_prefix_answers_beneath_it()
    {
        await using var app = await StartAsync(underHost: true);

        Assert.Equal("alive", await app.GetTestClient().GetStringAsync(HealthPath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_host_an_endpoint_answers_at_its_own_path_only()
    {
        await using var app = await StartAsync(underHost: false);
        using var answer = await app.GetTestClient().GetAsync(HealthPath, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Under_the_host_the_public_address_is_the_one_that_the_host_tells()
    {
        await using var app = await StartAsync(underHost: true);

        Assert.Equal("https://klanten.example", await AskForAddressAsync(app));
    }

    [Fact]
    public async Task Without_a_host_nobody_can_make_up_the_public_address()
    {
        await using var app = await StartAsync(underHost: false);

        Assert.Equal("http://localhost", await AskForAddressAsync(app));
    }

    private static async Task<string> AskForAddressAsync(WebApplication app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/address");
        request.Headers.Add("X-Forwarded-Host", "klanten.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await app.GetTestClient().SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<WebApplication> StartAsync(bool underHost)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<PublicAddress>();
        if (underHost) builder.Configuration["FUNCTIONS_CUSTOMHANDLER_PORT"] = "7070";
        var app = builder.Build();
        app.UseForwardedAddress();
        app.MapTimer("outbox", "*/30 * * * * *", _ => Task.CompletedTask);
        app.MapGet("/healthz/live", () => "alive").WithName("healthz_live");
        app.MapGet("/address", (HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}");
        app.MapHostAliases();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
