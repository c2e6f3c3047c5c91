using System.Net;
using System.Text.RegularExpressions;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace Klanten.Tests.Pages;

/// <summary>What the front page shows beside its links, and to whom.</summary>
public sealed class FrontPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_production_that_asks_for_it_shows_counts_and_health_and_no_token()
    {
        await using var host = await KlantenHost.StartAsync(new Dictionary<string, string?>
        {
            ["Klanten:Voorpagina:Volledig"] = "true",
            ["Klanten:Notificaties:Url"] = "http://127.0.0.1:1/api/v1",
            ["Klanten:Notificaties:ClientId"] = "klanten",
            ["Klanten:Notificaties:Secret"] = DeveloperMachine.Secret,
        });
        var consumer = new Consumer(host.Client, $"{host.Root}/api/v1", null);
        var first = Numbers.Rsin();
        foreach (var rsin in (string[])[first, first, Numbers.Rsin()]) await consumer.Created(Bodies.NatuurlijkPersoon(rsin));

        var page = await PageAsync(host);
        Assert.Equal("SQLite", Row(page, "Soort opslag"));
        Assert.Equal("3", Row(page, "Klanten"));
        Assert.Equal("2", Row(page, "Bronorganisaties"));
        Assert.Matches(@"^3 wachten, 0 geparkeerd$", Row(page, "Notificaties in de outbox"));
        Assert.Equal("gezond", Row(page, "Opslag"));
        Assert.Equal("gezond", Row(page, "Notificaties API"));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain(first, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bronorganisatie_without_klanten_does_not_count()
    {
        await using var host = await KlantenHost.StartAsync(DeveloperMachine.Settings);
        var consumer = new Consumer(host.Client, $"{host.Root}/api/v1", null);
        var klant = await consumer.Created(Bodies.NatuurlijkPersoon(Numbers.Rsin()));
        (await consumer.Delete(klant.Text("url"))).ShouldBe(204);
        var page = await PageAsync(host);
        Assert.Equal(("0", "0"), (Row(page, "Klanten"), Row(page, "Bronorganisaties")));
    }

    [Fact]
    public async Task A_development_may_be_told_to_show_less()
    {
        await using var host = await KlantenHost.StartAsync(
            new Dictionary<string, string?> { ["environment"] = "Development", ["Klanten:Voorpagina:Volledig"] = "false" });
        Assert.DoesNotContain("Bronorganisaties", await PageAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_a_development_works()
    {
        await using var host = await KlantenHost.StartAsync(DeveloperMachine.Settings);
        var token = Token(await PageAsync(host));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await http.GetAsync($"{host.Root}/api/v1/klanten", Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("Host", "klanten.example")]
    [InlineData("Host", "127.0.0.1.example")]
    [InlineData("X-Forwarded-For", "192.0.2.7")]
    [InlineData("Forwarded", "for=192.0.2.7")]
    public async Task A_browser_that_may_be_elsewhere_gets_no_token(string header, string value)
    {
        await using var host = await KlantenHost.StartAsync(DeveloperMachine.Settings);
        var page = await PageAsync(host, (header, value));
        Assert.Contains("<h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("token", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:7071")]
    [InlineData("[::1]:7071")]
    [InlineData("127.0.0.1")]
    public async Task A_browser_on_the_same_machine_gets_one(string name)
    {
        await using var host = await KlantenHost.StartAsync(DeveloperMachine.Settings);
        Assert.Equal(3, Token(await PageAsync(host, ("Host", name))).Split('.').Length);
    }

    [Fact]
    public async Task The_counts_are_read_once_in_ten_seconds_for_all_requests()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await KlantenHost.StartAsync(
            DeveloperMachine.Settings, services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        Assert.Equal("0", Row(await PageAsync(host), "Klanten"));
        await new Consumer(host.Client, $"{host.Root}/api/v1", null).Created(Bodies.NatuurlijkPersoon(Numbers.Rsin()));
        Assert.Equal("0", Row(await PageAsync(host), "Klanten"));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("1", Row(await PageAsync(host), "Klanten"));
    }

    private static async Task<string> PageAsync(KlantenHost host, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, host.Root + "/");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private static string Row(string page, string heading) =>
        Regex.Match(page, $"<th scope=\"row\">{Regex.Escape(heading)}</th><td>([^<]*)</td>").Groups[1].Value;

    private static string Token(string page) => Regex.Match(page, "<textarea[^>]*>([^<]+)<").Groups[1].Value;
}
