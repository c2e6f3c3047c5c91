using System.Text.Json;
using Klanten.Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>The root of the API, which names its resources. Its address ends in a slash; without the slash it redirects (301).</summary>
public sealed class ApiRoot(PublicAddress address)
{
    [Function("api_root"), NeedsNoToken]
    public Task<IResult> HandleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Root)] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var urls = address.UrlsOf(request);
        IResult answer = request.Path.Value!.EndsWith('/')
            ? new JsonAnswer(Write(urls))
            : Results.Redirect(new Uri(urls.Api).AbsolutePath + "/", permanent: true);
        return Task.FromResult(answer);
    }

    private static PooledBuffer Write(PublicUrls urls)
    {
        var buffer = new PooledBuffer(128);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("klanten"u8, urls.List);
        writer.WriteEndObject();
        writer.Flush();
        return buffer;
    }
}
