using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Klanten.Functions.Settings;
using Klanten.Functions.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Pages;

/// <summary>
/// The page at the root of the program: name, version and links; on a developer's machine, or when the configuration asks for it, also
/// counts and health. With the demo application it has a token and calls to try, for a browser on the same machine.
/// </summary>
public sealed class FrontPageView
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'";

    private const string Script = "voorpagina.js";

    private readonly IServiceProvider services;
    private readonly Lazy<string> script = new(() => EmbeddedText.Read($"pages/{Script}"));

    /// <param name="services">Gives the facts and the demo application, which a program that shows neither has no need of.</param>
    public FrontPageView(IServiceProvider services) => this.services = services;

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
        if (IsFull())
        {
            var facts = await services.GetRequiredService<FrontPageFacts>().ReadAsync(cancellationToken);
            page.Append(Render(facts, language));
        }
        var demo = services.GetRequiredService<DemoToken>().For(request);
        if (demo is { } shown)
        {
            page.Append(Render(shown, language));
        }
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.CacheControl = "no-store";
        var html = PageFrame.Render(
            language, language == PageFrame.English ? "Start" : "Begin", "ref/", page.ToString(), demo is null ? null : Script);
        return Results.Bytes(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8");
    }

    /// <summary>The answer with the script that makes the calls.</summary>
    public IResult ScriptAnswer() => Results.Text(script.Value, "text/javascript", Encoding.UTF8);

    private bool IsFull() =>
        services.GetRequiredService<IOptions<FrontPageOptions>>().Value.Volledig
            ?? services.GetRequiredService<IHostEnvironment>().IsDevelopment();

    private string Render(Facts facts, string language)
    {
        var isEnglish = language == PageFrame.English;
        var outbox = facts.Health.Entries.GetValueOrDefault("opslag").Data;
        return PageFrame.Fill(Read(language, "facts"), name => name switch
        {
            "store" => services.GetRequiredService<IOptions<StorageOptions>>().Value.Opslag == Opslag.Cosmos ? "Azure Cosmos DB" : "SQLite",
            "klanten" => Show(facts.Counts?.Klanten),
            "bronorganisaties" => Show(facts.Counts?.Bronorganisaties),
            "waiting" => Show(outbox?.GetValueOrDefault("outboxWachtend")),
            "parked" => Show(outbox?.GetValueOrDefault("outboxGeparkeerd")),
            "health" => string.Concat(facts.Health.Entries.Select(entry =>
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

internal static class FrontPageServices
{
    public static void AddFrontPage(this IServiceCollection services)
    {
        services.AddSettings<FrontPageOptions>("Klanten:Voorpagina");
        services.AddSingleton<DemoToken>().AddSingleton<FrontPageFacts>().AddSingleton<FrontPageView>();
    }
}
