using System.Net.Http.Json;
using Klanten.Functions.Commands;

namespace Klanten.Tests.Hosting;

/// <summary>The published program under the host's double, with one application that may do everything.</summary>
public sealed class HostedProgram(PublishedProgram published) : IAsyncLifetime
{
    private const string ClientId = "test";
    private const string Secret = "a-secret-of-the-tests-of-at-least-32-bytes";

    private readonly string data = Path.Combine(Path.GetTempPath(), $"klanten-{Guid.NewGuid():N}");

    internal FunctionsHostDouble Host { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Settings of an app with an embedded store of its own.</summary>
    internal static Dictionary<string, string?> Settings(string databaseFile) => new()
    {
        ["Klanten__Sqlite__Pad"] = databaseFile,
        ["Klanten__Applicaties__0__ClientIds__0"] = ClientId,
        ["Klanten__Applicaties__0__Secret"] = Secret,
        ["Klanten__Applicaties__0__HeeftAlleAutorisaties"] = "true",
    };

    internal static HttpClient ClientOf(FunctionsHostDouble host)
    {
        var client = new HttpClient { BaseAddress = host.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", TokenCommand.Token(ClientId, Secret, DateTimeOffset.UtcNow));
        return client;
    }

    /// <summary>POST of a klant that is as small as the standard allows.</summary>
    internal static HttpRequestMessage NewKlant() => new(HttpMethod.Post, "/api/v1/klanten")
    {
        Content = JsonContent.Create(new
        {
            bronorganisatie = "999990639",
            websiteUrl = "https://example.com",
            subjectType = "natuurlijk_persoon",
            subjectIdentificatie = new { inpBsn = "999993653" },
        }),
    };

    public async ValueTask InitializeAsync()
    {
        Host = await FunctionsHostDouble.StartAsync(await published.FolderAsync(), Settings(Path.Combine(data, "klanten.db")));
        Client = ClientOf(Host);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (Host is not null) await Host.DisposeAsync();
        if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
    }
}
