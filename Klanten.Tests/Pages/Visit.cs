using Klanten.Tests.Support;
using Microsoft.Playwright;

namespace Klanten.Tests.Pages;

/// <summary>A page in a browser, with all that went wrong on it.</summary>
internal sealed class Visit : IAsyncDisposable
{
    public const int Wide = 1280;
    public const int Narrow = 360;

    private readonly string root;
    private readonly IBrowserContext context;
    private readonly List<string> mistakes = [];

    public Visit(string root, IBrowserContext context, IPage page)
    {
        (this.root, this.context, Page) = (root, context, page);
        page.Console += (_, message) => Add(message.Type == "error", $"console: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Add(true, $"script: {error}");
        page.Request += (_, request) => Add(IsElsewhere(request.Url), $"request to another host: {request.Url}");
    }

    public IPage Page { get; }

    /// <summary>Errors on the console, scripts that failed, and requests to another host.</summary>
    public IReadOnlyList<string> Mistakes
    {
        get
        {
            lock (mistakes) return [.. mistakes];
        }
    }

    public Task GoToAsync(string path) => Page.GotoAsync(root + path, new() { WaitUntil = WaitUntilState.NetworkIdle });

    /// <summary>Whether the page is wider than its window, so that one has to scroll sideways.</summary>
    public Task<bool> IsTooWideAsync() =>
        Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    /// <summary>Where axe-core finds that the page keeps people out, by rule; nothing when it is accessible.</summary>
    /// <param name="without">Rules that are not for this page.</param>
    public async Task<string[]> BarriersAsync(params string[] without)
    {
        const string Script = """
            async ([source, without]) => {
              if (!window.axe) (0, eval)(source);
              const rules = Object.fromEntries(without.map(rule => [rule, { enabled: false }]));
              const { violations } = await axe.run(document, { rules });
              return violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}`));
            }
            """;
        return await Page.EvaluateAsync<string[]>(Script, new object[] { await AxeCore.SourceAsync(), without });
    }

    /// <summary>Keeps a picture of the whole page in artifacts/screenshots.</summary>
    public Task PictureAsync(string name) => Page.ScreenshotAsync(new()
    {
        FullPage = true,
        Path = Repository.PathOf("artifacts", "screenshots", $"{name}-{Page.ViewportSize!.Width}.png"),
    });

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private bool IsElsewhere(string url) =>
        new Uri(url) is { Scheme: "http" or "https" or "ws" or "wss" } address && address.GetLeftPart(UriPartial.Authority) != root;

    private void Add(bool isMistake, string mistake)
    {
        if (!isMistake) return;
        lock (mistakes) mistakes.Add(mistake);
    }
}
