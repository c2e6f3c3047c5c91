using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Klanten.Functions.Hosts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;

namespace Klanten.Tests.Hosting.Support;

/// <summary>The program within the test's own process, so that its clock or its store can be another; on a port of its own.</summary>
internal sealed class KlantenHost : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly WebApplication app;

    private KlantenHost(TempFolder folder, WebApplication app)
    {
        (this.folder, this.app) = (folder, app);
        Client = Dial();
    }

    public IServiceProvider Services => app.Services;

    /// <summary>Shows a token of <see cref="Applications.Known"/>.</summary>
    public HttpClient Client { get; }

    /// <param name="settings">Beside the applications and a store of its own.</param>
    /// <param name="replace">Changes what the program is made of.</param>
    public static async Task<KlantenHost> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? replace = null)
    {
        var folder = new TempFolder();
        var all = new Dictionary<string, string?>(Applications.Settings)
        {
            ["environment"] = "Production",
            ["urls"] = "http://127.0.0.1:0",
            ["Klanten:Sqlite:Pad"] = folder.Database,
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>()) all[key] = value;
        var app = KestrelHost.Build([.. all.Select(setting => $"--{setting.Key}={setting.Value}")], services =>
        {
            // The console belongs to the test run.
            services.Remove(services.Single(s => s.ImplementationType == typeof(ConsoleLoggerProvider)));
            replace?.Invoke(services);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(folder, app);
    }

    /// <summary>A client of the program, as an application.</summary>
    public HttpClient Dial(string clientId = Applications.Known) => Consumers.Dial(Root, clientId);

    public string Root => new Uri(app.Urls.Single()).GetLeftPart(UriPartial.Authority);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
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
