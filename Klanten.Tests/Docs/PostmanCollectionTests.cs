using System.Text.Json.Nodes;
using Klanten.Tests.OpenApi;
using Klanten.Tests.Support;

namespace Klanten.Tests.Docs;

/// <summary>The collection for Postman is that of the document as it is now; scripts/postman.sh makes it.</summary>
public sealed class PostmanCollectionTests
{
    private static readonly string[] Verbs = ["get", "post", "put", "patch", "delete"];

    private static readonly string Collection = File.ReadAllText(Repository.PathOf("docs", "klanten.postman_collection.json"));

    private static readonly JsonNode[] Requests = [.. Under(JsonNode.Parse(Collection)!).Select(item => item["request"]!)];

    [Fact]
    public void Each_operation_is_a_request_with_the_filters_of_its_document()
    {
        var operations = from path in Tree.OpenApiFile()["paths"]!.AsObject()
                         from operation in path.Value!.AsObject()
                         where Verbs.Contains(operation.Key)
                         select Describe(operation.Key, path.Key.Replace("{", ":").Replace("}", ""), Filters(operation.Value!));
        var requests = Requests.Select(request => Describe(
            (string)request["method"]!,
            $"/{string.Join('/', request["url"]!["path"]!.AsArray())}",
            request["url"]!["query"]!.AsArray().Select(parameter => (string)parameter!["key"]!)));
        Assert.Equal(operations.Order(), requests.Order());
    }

    [Fact]
    public async Task Its_klant_is_created_and_its_change_is_made()
    {
        await using var host = await KlantenHost.StartAsync();
        using var created = await host.Client.SendAsync("POST", "klanten", BodyOf("POST"));
        Assert.Equal(201, (int)created.StatusCode);
        foreach (var method in new[] { "PUT", "PATCH" })
        {
            using var changed = await host.Client.SendAsync(method, created.Headers.Location!.ToString(), BodyOf(method));
            Assert.Equal(200, (int)changed.StatusCode);
        }
    }

    private static IEnumerable<JsonNode> Under(JsonNode folder) =>
        folder["item"]!.AsArray().SelectMany(item => item!["request"] is null ? Under(item) : [item]);

    private static IEnumerable<string> Filters(JsonNode operation) =>
        from parameter in operation["parameters"]?.AsArray() ?? []
        where (string?)parameter!["in"] == "query"
        select (string)parameter!["name"]!;

    private static string Describe(string method, string path, IEnumerable<string> filters) =>
        $"{method.ToUpperInvariant()} {path} {string.Join(',', filters)}";

    private static JsonNode BodyOf(string method) =>
        JsonNode.Parse((string)Requests.Single(request => (string)request["method"]! == method)["body"]!["raw"]!)!;
}
