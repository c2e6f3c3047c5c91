using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Klanten.Functions.Commands;
using Klanten.Tests.Support;

namespace Klanten.Tests.OpenApi;

/// <summary>The bodies that the served document proposes, sent as they stand by the demo application of a developer's machine.</summary>
public sealed class ExampleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/klanten", "post", 201)]
    [InlineData("/klanten/{uuid}", "put", 200)]
    [InlineData("/klanten/{uuid}", "patch", 200)]
    public async Task The_example_of_a_body_is_accepted_however_often_it_is_sent(string path, string method, int status)
    {
        await using var host = await KlantenHost.StartAsync(DeveloperMachine.Settings);
        using var http = new HttpClient();
        var token = TokenCommand.Token(DeveloperMachine.ClientId, DeveloperMachine.Secret, DateTimeOffset.UtcNow);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var document = JsonNode.Parse(await http.GetStringAsync($"{host.Root}/api/v1/schema/openapi.json", Cancellation))!;
        var klant = await SendAsync("post", $"{host.Root}/api/v1/klanten", Example(document, "/klanten", "post"));
        for (var i = 0; i < 2; i++)
        {
            var url = path == "/klanten" ? $"{host.Root}/api/v1/klanten" : klant.Body.Text("url");
            Assert.Equal(status, (await SendAsync(method, url, Example(document, path, method))).Status);
        }

        async Task<(int Status, JsonObject Body)> SendAsync(string verb, string url, JsonNode body)
        {
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var request = new HttpRequestMessage(new(verb.ToUpperInvariant()), url) { Content = content };
            using var answer = await http.SendAsync(request, Cancellation);
            return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!.AsObject());
        }
    }

    private static JsonNode Example(JsonNode document, string path, string method)
    {
        var reference = document["paths"]![path]![method]!["requestBody"]!["$ref"]!.GetValue<string>();
        return reference[2..].Split('/').Aggregate(document, (node, key) => node[key]!)["content"]!["application/json"]!["example"]!;
    }
}
