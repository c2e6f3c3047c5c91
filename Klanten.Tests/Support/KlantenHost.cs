using Klanten.Functions.Hosts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;

namespace Klanten.Tests.Support;

/// <summary>The program within the test's own process, on a port of its own, so that a test can replace its clock or its store.</summary>
internal sealed class KlantenHost : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly WebApplication app;

    private KlantenHost(TempFolder folder, WebApplication app)
    {
        (this.folder, this.app) = (folder, app);
        Root = new Uri(app.Urls.Single()).GetLeftPart(UriPartial.Authority);
        Client = ClientOf(Applications.Super);
    }

    /// <summary>Where consumers find the API, such as http://127.0.0.1:40123.</summary>
    public string Root { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Has a token of <see cref="Applications.Super"/>.</summary>
    public HttpClient Client { get; }

    /// <param name="settings">Beside the applications and a store of its own.</param>
    /// <param name="replace">Changes the services of the program.</param>
    public static async Task<KlantenHost> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? replace = null)
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

    public HttpClient ClientOf(Application application) => ApiClient.Create(Root, application);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        folder.Dispose();
    }
}
