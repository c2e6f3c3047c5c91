using Klanten.Tests.Support;
using Microsoft.Playwright;

namespace Klanten.Tests.Pages;

/// <summary>Tests that look at the pages as people do.</summary>
[CollectionDefinition]
public sealed class InBrowser : ICollectionFixture<Browser>;

/// <summary>
/// Chromium, with the program as it runs on a developer's machine. The browser is the one that the system has: a test without one fails.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>Names another Chromium than that of Debian's package.</summary>
    private const string Variable = "KLANTEN_TEST_CHROMIUM";

    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

    /// <summary>Without the sandbox, because tests may run as root; without what the browser asks of other hosts by itself.</summary>
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    /// <summary>In milliseconds: Scalar takes long to draw on a busy machine.</summary>
    private const float Patience = 120_000;

    private readonly TempFolder folder = new();
    private IPlaywright? playwright;
    private IBrowser? chromium;
    private KlantenProgram? program;

    /// <summary>Where the program is, such as http://127.0.0.1:40123.</summary>
    internal string Root => program!.Root;

    public async ValueTask InitializeAsync()
    {
        program = await KlantenProgram.StartAsync(folder.Path, new Dictionary<string, string?>(DeveloperMachine.Settings)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["Klanten:Sqlite:Pad"] = folder.Database,
        });
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = await FindAsync(), Args = Flags });
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        playwright?.Dispose();
        if (program is not null) await program.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Opens a page of the program, in a session of its own, and waits until it asks for nothing more.</summary>
    /// <param name="path">Its path, from the root.</param>
    /// <param name="width">Of the window, in pixels. A narrow one is that of a telephone that prefers dark pages.</param>
    internal async Task<Visit> OpenAsync(string path, int width = Visit.Wide)
    {
        var context = await chromium!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = width == Visit.Wide ? ColorScheme.Light : ColorScheme.Dark,
        });
        context.SetDefaultTimeout(Patience);
        var visit = new Visit(Root, context, await context.NewPageAsync());
        await visit.GoToAsync(path);
        return visit;
    }

    /// <summary>The browser of this machine. A container in which the tests are root gets that of Debian.</summary>
    private static async Task<string> FindAsync()
    {
        if (Installed() is { } path) return path;
        if (Environment.UserName == "root" && File.Exists("/usr/bin/apt-get"))
        {
            var (_, output) = await ChildProcess.RunAsync(
                "sh", ["-c", "apt-get update -q && apt-get install -qy chromium"], Repository.Root);
            return Installed() ?? throw new InvalidOperationException($"Chromium could not be installed: {output}");
        }
        throw new InvalidOperationException(
            $"The tests of pages need Chromium (apt-get install chromium; elsewhere its path in {Variable}).");
    }

    private static string? Installed()
    {
        var places = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? [named] : Places;
        return places.FirstOrDefault(File.Exists);
    }
}
