using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.OpenApi;

/// <summary>The program on a port of its own, and its consumers.</summary>
public sealed class SchemaServer : IAsyncLifetime
{
    public const string Yaml = "/api/v1/schema/openapi.yaml";
    public const string Json = "/api/v1/schema/openapi.json";
    public const string JsonAtRoot = "/api/v1/openapi.json";

    private KlantenHost? host;

    /// <summary>A consumer that shows no token.</summary>
    public HttpClient Client { get; } = ApiClient.Create();

    /// <summary>A consumer that may do everything.</summary>
    public HttpClient Known => host!.Client;

    public string BaseUrl => $"{host!.Root}/api/v1";

    public async ValueTask InitializeAsync()
    {
        host = await KlantenHost.StartAsync();
        Client.BaseAddress = new(host.Root);
    }

    public async Task<JsonNode> YamlAsync() => Tree.OfYaml(await TextAsync(Yaml));

    public async Task<JsonNode> JsonAsync() => Tree.OfJson(await TextAsync(Json));

    public Task<string> TextAsync(string path) => Client.GetStringAsync(path, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (host is not null) await host.DisposeAsync();
    }
}
