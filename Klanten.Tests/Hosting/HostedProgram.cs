using Klanten.Tests.Hosting.FunctionsHost;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>The published program under the host's double, on an embedded store of its own.</summary>
public sealed class HostedProgram(PublishedProgram published) : IAsyncLifetime
{
    private readonly TempFolder folder = new();

    internal FunctionsHostDouble Host { get; private set; } = null!;

    /// <summary>Shows a token of <see cref="Applications.Super"/>.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Where consumers find it, without a slash at the end.</summary>
    public string Root => Host.BaseAddress.GetLeftPart(UriPartial.Authority);

    /// <summary>Settings beside those of the applications and the store.</summary>
    internal IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>The scheme that consumers use.</summary>
    internal string PublicScheme { get; init; } = "http";

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?>(Applications.Settings) { ["Klanten:Sqlite:Pad"] = folder.Database };
        foreach (var (key, value) in Settings) settings[key] = value;
        Host = await FunctionsHostDouble.StartAsync(await published.FolderAsync(), settings, PublicScheme);
        Client = ApiClient.Create(Root);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (Host is not null) await Host.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>A program of a test's own.</summary>
    internal static async Task<HostedProgram> StartAsync(
        PublishedProgram published, IReadOnlyDictionary<string, string?> settings, string publicScheme = "http")
    {
        var program = new HostedProgram(published) { Settings = settings, PublicScheme = publicScheme };
        try
        {
            await program.InitializeAsync();
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }
}
