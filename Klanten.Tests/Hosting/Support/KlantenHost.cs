using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;

namespace Klanten.Tests.Hosting.Support;

/// <summary>The program within the test's own process, so that its clock or its store can be another; on a port of its own.</summary>
internal sealed class KlantenHost : WebApplicationFactory<Program>
{
    private readonly TempFolder folder = new();
    private readonly Dictionary<string, string?> settings;
    private readonly Action<IServiceCollection>? replace;

    private KlantenHost(IEnumerable<KeyValuePair<string, string?>> given, Action<IServiceCollection>? replace)
    {
        settings = new(Applications.Settings) { ["Klanten:Sqlite:Pad"] = folder.Database };
        foreach (var (key, value) in given) settings[key] = value;
        this.replace = replace;
        // Without a port: given one, the factory sets it while the program starts, which is sometimes too late.
        UseKestrel();
        StartServer();
        Client = Dial();
    }

    /// <summary>Shows a token of <see cref="Applications.Known"/>.</summary>
    public HttpClient Client { get; }

    /// <param name="settings">Beside the applications and a store of its own.</param>
    /// <param name="replace">Changes what the program is made of.</param>
    public static KlantenHost Start(IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? replace = null) => new(settings ?? new Dictionary<string, string?>(), replace);

    /// <summary>A client of the program, as an application.</summary>
    public HttpClient Dial(string clientId = Applications.Known) => Consumers.Dial(Root, clientId);

    public string Root => new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).GetLeftPart(UriPartial.Authority);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0");
        foreach (var (key, value) in settings) builder.UseSetting(key, value);
        builder.ConfigureTestServices(services =>
        {
            // The console belongs to the test run.
            services.Remove(services.Single(s => s.ImplementationType == typeof(ConsoleLoggerProvider)));
            replace?.Invoke(services);
        });
    }

    public override async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await base.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>What consumers of the API do in these tests.</summary>
internal static class Consumers
{
    private static int numbers;

    public static HttpClient Dial(string root, string clientId = Applications.Known)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null })
        {
            BaseAddress = new($"{root}/api/v1/"),
            Timeout = TimeSpan.FromSeconds(30),
        };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Applications.TokenOf(clientId));
        return client;
    }

    /// <summary>A klant that is in order, with a number of its own.</summary>
    public static JsonObject Klant(string? subject = null)
    {
        var klant = new JsonObject
        {
            ["bronorganisatie"] = "999990639",
            ["klantnummer"] = $"N{Interlocked.Increment(ref numbers).ToString(CultureInfo.InvariantCulture)}",
            ["websiteUrl"] = "https://example.com",
            ["subjectType"] = "natuurlijk_persoon",
            ["subjectIdentificatie"] = new JsonObject { ["inpBsn"] = "999993653" },
        };
        if (subject is not null) klant["subject"] = subject;
        return klant;
    }

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, string method, string path, JsonNode? body = null)
    {
        var request = new HttpRequestMessage(new(method), path);
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Creates a klant, which must succeed, and returns its URL.</summary>
    public static async Task<string> CreateAsync(this HttpClient client)
    {
        using var response = await client.SendAsync("POST", "klanten", Klant());
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response.Headers.Location!.ToString();
    }

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
}
