using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Klanten.Functions.Pages;

/// <summary>
/// The page at the root of the program: name, version and links; on a developer's machine, or when the configuration asks for it, also
/// counts and health. With the demo application it has a token and calls to try, for a browser on the same machine.
/// </summary>
public sealed class FrontPageView
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'";

    private const string Script = "voorpagina.js";

    private readonly FrontPageFacts facts;
    private readonly DemoToken demo;
    private readonly bool isFull;
    private readonly string store;
    private readonly Lazy<string> script = new(() => EmbeddedText.Read($"pages/{Script}"));

    /// <param name="facts">Counts and health.</param>
    /// <param name="demo">The token to try calls with.</param>
    /// <param name="isFull">Whether the facts are shown.</param>
    /// <param name="store">The name of the store.</param>
    internal FrontPageView(FrontPageFacts facts, DemoToken demo, bool isFull, string store) =>
        (this.facts, this.demo, this.isFull, this.store) = (facts, demo, isFull, store);

    private static string Version { get; } = typeof(FrontPageView).Assembly.GetName().Version!.ToString(3);

    /// <summary>The answer with the page, in English when the query has <c>taal=en</c>.</summary>
    public async Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var language = PageFrame.LanguageOf(request);
        var page = new StringBuilder(PageFrame.Fill(Read(language, "links"), name => name switch
        {
            "version" => Version,
            "query" => PageFrame.Query(language),
            _ => throw Unknown(name),
        }));
        if (isFull)
        {
            page.Append(Render(await facts.ReadAsync(cancellationToken), language));
        }
        var token = demo.For(request);
        if (token is { } shown)
        {
            page.Append(Render(shown, language));
        }
        var html = PageFrame.Render(
            language, language == PageFrame.English ? "Start" : "Begin", "ref/", page.ToString(), token is null ? null : Script);
        return PageFrame.AnswerOnce(request, html, ContentSecurityPolicy);
    }

    /// <summary>The answer with the script that makes the calls.</summary>
    public IResult ScriptAnswer() => Results.Text(script.Value, "text/javascript", Encoding.UTF8);

    private string Render(Facts shown, string language)
    {
        var isEnglish = language == PageFrame.English;
        var outbox = shown.Health.Entries.GetValueOrDefault("opslag").Data;
        return PageFrame.Fill(Read(language, "facts"), name => name switch
        {
            "store" => store,
            "klanten" => Show(shown.Counts?.Klanten),
            "bronorganisaties" => Show(shown.Counts?.Bronorganisaties),
            "waiting" => Show(outbox?.GetValueOrDefault("outboxWachtend")),
            "parked" => Show(outbox?.GetValueOrDefault("outboxGeparkeerd")),
            "health" => string.Concat(shown.Health.Entries.Select(entry =>
                $"<tr><th scope=\"row\">{Encode(Describe(entry.Key))}</th><td>{Describe(entry.Value.Status, isEnglish)}</td></tr>\n")),
            _ => throw Unknown(name),
        });
    }

    private static string Render((string ClientId, string Token) demo, string language) =>
        PageFrame.Fill(Read(language, "demo"), name => name switch
        {
            "client" => Encode(demo.ClientId),
            "token" => Encode(demo.Token),
            _ => throw Unknown(name),
        });

    private static string Show(object? number) =>
        number is null ? "?" : Convert.ToInt64(number, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    private static string Describe(string check) => check switch
    {
        "notificaties" => "Notificaties API",
        "autorisaties" => "Autorisaties API",
        _ => string.Concat(check[..1].ToUpperInvariant(), check[1..]),
    };

    private static string Describe(HealthStatus status, bool isEnglish) => status switch
    {
        HealthStatus.Healthy => isEnglish ? "healthy" : "gezond",
        HealthStatus.Degraded => isEnglish ? "needs attention" : "vraagt aandacht",
        _ => isEnglish ? "fails" : "faalt",
    };

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static string Read(string language, string part) => EmbeddedText.Read($"pages/front/{language}/{part}.html");

    private static InvalidOperationException Unknown(string place) => new($"The front page has an unknown place: {place}.");
}
