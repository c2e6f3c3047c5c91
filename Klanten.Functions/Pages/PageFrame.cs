using System.Text;
using System.Text.RegularExpressions;

namespace Klanten.Functions.Pages;

/// <summary>What all pages share: <c>page.html</c>, with the links between them and to the same page in the other language.</summary>
internal static partial class PageFrame
{
    public const string English = "en";

    private const string Dutch = "nl";

    private static readonly Lazy<string> Frame = new(() => EmbeddedText.Read("pages/page.html"));

    public static IReadOnlyList<string> Languages { get; } = [Dutch, English];

    /// <summary>English when the query has <c>taal=en</c>, else Dutch.</summary>
    public static string LanguageOf(HttpRequest request) => request.Query["taal"] == English ? English : Dutch;

    /// <summary>What keeps a link in the same language.</summary>
    public static string Query(string language) => language == English ? "?taal=en" : "";

    /// <summary>The redirect (301) of a page whose address lacks the slash at its end; null when it has one.</summary>
    /// <remarks>Relative, so that it holds below whatever address the program has outside.</remarks>
    public static IResult? ToSlash(HttpRequest request)
    {
        var path = request.Path.Value!;
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.Length == 0 ? null : Results.Redirect($"{name}/{request.QueryString}", permanent: true);
    }

    /// <summary>The answer with a page.</summary>
    /// <param name="request">The request for it.</param>
    /// <param name="html">The page in UTF-8.</param>
    /// <param name="policy">What it may load and do (Content-Security-Policy).</param>
    public static IResult Answer(HttpRequest request, byte[] html, string policy)
    {
        request.HttpContext.Response.Headers.ContentSecurityPolicy = policy;
        return Results.Bytes(html, "text/html; charset=utf-8");
    }

    /// <summary>The answer with a page that a browser must not keep, because it may hold a token.</summary>
    public static IResult AnswerOnce(HttpRequest request, string html, string policy)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Answer(request, Encoding.UTF8.GetBytes(html), policy);
    }

    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <param name="title">What the page is about.</param>
    /// <param name="toRef">The path from the page to <c>/ref/</c>.</param>
    /// <param name="body">HTML.</param>
    /// <param name="script">The file below <c>/ref/</c> with its script; null when it has none.</param>
    public static string Render(string language, string title, string toRef, string body, string? script = null)
    {
        var isDutch = language == Dutch;
        return Fill(Frame.Value, name => name switch
        {
            "language" => language,
            "title" => title,
            "ref" => toRef,
            "query" => Query(language),
            "navigation" => isDutch ? "Naslag" : "Reference",
            "errors" => isDutch ? "Fouten" : "Errors",
            "channels" => isDutch ? "Kanalen" : "Channels",
            "otherLink" => isDutch ? "?taal=en" : "./",
            "otherLanguage" => isDutch ? English : Dutch,
            "otherName" => isDutch ? "English" : "Nederlands",
            "script" => script is null ? "" : $"<script defer src=\"{toRef}{script}\"></script>\n",
            "body" => body,
            _ => throw new InvalidOperationException($"The frame has an unknown place: {name}."),
        });
    }

    /// <summary>Fills the places of a template, which are written as <c>{{name}}</c>.</summary>
    public static string Fill(string template, Func<string, string> value) =>
        Place().Replace(template, match => value(match.Groups[1].Value));

    [GeneratedRegex("{{(\\w+)}}")]
    private static partial Regex Place();
}
