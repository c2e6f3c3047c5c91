using System.Net;
using System.Text.Json.Nodes;
using Klanten.Functions.Http;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Klanten.Tests.Hosting;

/// <summary>More writes than the program takes on at a time are refused at once; reads are not, and the room comes back.</summary>
public sealed class OverloadTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_every_place_is_taken_a_write_is_refused_and_a_read_is_not()
    {
        await using var register = await HeldRegister.StartAsync();
        await using var program = await StartAsync("Schrijfverzoeken", "2");
        using var shed = new CountedMetrics(program.Services, "klanten.requests.shed");
        var klant = await program.Client.CreateAsync();
        Task<HttpResponseMessage>[] held =
            [await register.HoldAsync(program.Client, Stop), await register.HoldAsync(program.Client, Stop)];

        await ShouldBeRefusedAsync(program.Client, "POST", "klanten", Bodies.NumberedKlant());
        await ShouldBeRefusedAsync(program.Client, "PUT", klant, Bodies.NumberedKlant());
        await ShouldBeRefusedAsync(program.Client, "PATCH", klant, new JsonObject());
        await ShouldBeRefusedAsync(program.Client, "DELETE", klant);
        await ShouldReadAsync(program.Client, klant);
        Assert.Equal((4, 0), (shed["verzoeken"], shed["inhoud"]));

        register.Release();
        foreach (var answer in await Task.WhenAll(held)) answer.Dispose();
        await program.Client.CreateAsync();
        using var changed = await program.Client.SendAsync("PATCH", klant, new JsonObject());
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_the_bodies_are_too_large_together_a_write_is_refused_and_a_read_is_not(bool chunked)
    {
        await using var register = await HeldRegister.StartAsync();
        await using var program = await StartAsync("InhoudMB", "1");
        using var shed = new CountedMetrics(program.Services, "klanten.requests.shed");
        var klant = await program.Client.CreateAsync();
        var held = await register.HoldAsync(program.Client, Stop);

        for (var i = 0; i < 3; i++)
        {
            using var refused = await SendLargestAsync(program.Client, chunked);
            await ShouldBeRefusedAsync(refused);
        }
        await ShouldReadAsync(program.Client, klant);
        Assert.Equal((0, 3), (shed["verzoeken"], shed["inhoud"]));
        await program.Client.CreateAsync();

        register.Release();
        (await held).Dispose();
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await SendLargestAsync(program.Client, chunked);
                return answer.StatusCode == HttpStatusCode.Created;
            },
            "the room comes back");
    }

    [Fact]
    public async Task Klanten_that_wait_for_the_body_of_a_change_take_room_too()
    {
        await using var register = await HeldRegister.StartAsync();
        await using var program = await StartAsync("InhoudMB", "1");
        using var created = await program.Client.SendAsync("POST", "klanten", LargeKlant());
        var klant = created.Headers.Location!.ToString();
        Task<HttpResponseMessage>[] held =
            [await register.HoldAsync(program.Client, klant, Stop), await register.HoldAsync(program.Client, klant, Stop)];

        await ShouldBeRefusedAsync(program.Client, "PATCH", klant, new JsonObject());
        await ShouldReadAsync(program.Client, klant);

        register.Release();
        foreach (var answer in await Task.WhenAll(held)) answer.Dispose();
        using var changed = await program.Client.SendAsync("PATCH", klant, new JsonObject());
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task Bodies_that_come_in_slowly_take_no_place_and_are_written_in_the_end()
    {
        await using var program = await StartAsync("Schrijfverzoeken", "1");
        var slow = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SlowBody.BeginAsync(program.Root)));

        await program.Client.CreateAsync();

        foreach (var body in slow)
        {
            Assert.StartsWith("HTTP/1.1 201 ", await body.EndAsync(), StringComparison.Ordinal);
            body.Dispose();
        }
    }

    [Fact]
    public async Task A_body_that_is_not_whole_in_half_a_minute_takes_too_long_and_gives_back_its_room()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var program = await KlantenHost.StartAsync(replace: services => services.AddSingleton<TimeProvider>(clock));
        using var body = await SlowBody.BeginAsync(program.Root);

        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.StartsWith("HTTP/1.1 408 ", await body.ReceiveAsync(), StringComparison.Ordinal);
        var room = program.Services.GetRequiredService<WriteRoom>();
        await Eventually.TrueAsync(() => room.HeldBytes == 0, "the room comes back");
    }

    [Fact]
    public async Task A_body_that_is_whole_when_every_place_is_taken_is_refused()
    {
        await using var register = await HeldRegister.StartAsync();
        await using var program = await StartAsync("Schrijfverzoeken", "1");
        using var body = await SlowBody.BeginAsync(program.Root);
        var held = await register.HoldAsync(program.Client, Stop);

        Assert.StartsWith("HTTP/1.1 429 ", await body.EndAsync(), StringComparison.Ordinal);

        register.Release();
        (await held).Dispose();
        await program.Client.CreateAsync();
    }

    [Fact]
    public async Task A_request_that_is_refused_gives_back_its_room()
    {
        await using var program = await StartAsync("Schrijfverzoeken", "1");
        var klant = await program.Client.CreateAsync();
        foreach (var (method, url, body) in new (string, string, JsonNode?)[]
        {
            ("POST", "klanten", new JsonObject()), ("PATCH", $"klanten/{Guid.NewGuid()}", new JsonObject()),
            ("PUT", klant, new JsonArray()),
            ("DELETE", $"klanten/{Guid.NewGuid()}", null), ("POST", "klanten", new JsonObject { ["x"] = new string('x', 2_000_000) }),
            ("POST", "onbekend", new JsonObject()),
        })
        {
            using var refused = await program.Client.SendAsync(method, url, body);
            Assert.InRange((int)refused.StatusCode, 400, 428);
        }
        await program.Client.CreateAsync();
    }

    private static Task<KlantenHost> StartAsync(string limit, string value) =>
        KlantenHost.StartAsync(new Dictionary<string, string?>(HeldRegister.Settings) { [$"Klanten:Limieten:{limit}"] = value });

    /// <summary>A klant of 375 kB of JSON.</summary>
    private static JsonObject LargeKlant()
    {
        var names = Enumerable.Repeat(new string('\u0001', 625), 100).Select(name => (JsonNode)name).ToArray();
        var klant = Bodies.Vestiging(Numbers.Rsin());
        klant["subjectIdentificatie"]!["handelsnaam"] = new JsonArray(names);
        return klant;
    }

    /// <summary>A body of 1 MB, which has all the room for itself only when no other is there.</summary>
    private static async Task<HttpResponseMessage> SendLargestAsync(HttpClient client, bool chunked)
    {
        var json = Json.Write(Bodies.NumberedKlant());
        var content = new StringContent(json + new string(' ', 1024 * 1024 - json.Length), null, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "klanten") { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        return await client.SendAsync(request, Stop);
    }

    private static async Task ShouldBeRefusedAsync(HttpClient client, string method, string url, JsonNode? body = null)
    {
        using var refused = await client.SendAsync(method, url, body);
        await ShouldBeRefusedAsync(refused);
    }

    private static async Task ShouldBeRefusedAsync(HttpResponseMessage refused)
    {
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal("throttled", (string?)(await refused.JsonAsync())["code"]);
    }

    private static async Task ShouldReadAsync(HttpClient client, string klant)
    {
        foreach (var url in new[] { klant, $"{klant}/audittrail", "klanten", "/healthz/ready", "/healthz/live" })
        {
            using var answer = await client.SendAsync("GET", url);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
