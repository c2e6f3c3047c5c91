using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Klanten.Tests.OpenApi;

/// <summary>The program, with a database of its own that goes away afterwards.</summary>
public sealed class SchemaServer : WebApplicationFactory<Program>
{
    public const string BaseUrl = "http://localhost/api/v1";
    public const string Yaml = "/api/v1/schema/openapi.yaml";
    public const string Json = "/api/v1/schema/openapi.json";

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("klanten-openapi-");

    public async Task<JsonNode> YamlAsync() => Tree.OfYaml(await TextAsync(Yaml));

    public async Task<JsonNode> JsonAsync() => Tree.OfJson(await TextAsync(Json));

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseEnvironment("Production")
        .UseSetting("Logging:LogLevel:Default", "Warning")
        .UseSetting("Klanten:Sqlite:Pad", Path.Combine(data.FullName, "klanten.db"));

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && data.Exists) data.Delete(recursive: true);
    }

    private Task<string> TextAsync(string path) => CreateClient().GetStringAsync(path, TestContext.Current.CancellationToken);
}
