using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Klanten.Functions.Pages;

/// <summary>
/// The pages below <c>/ref/</c>, made from the files in this folder at the first request of one: <c>page.html</c> around each of the
/// texts in <c>nl/</c> and <c>en/</c>. They need nothing from another host, have no script, and know nothing of klanten.
/// </summary>
public sealed partial class PageLibrary
{
    private const string Errors = "fouten";
    private const string Folder = "pages/";
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

    private readonly Lazy<FrozenDictionary<string, byte[]>> pages = new(() => Render().ToFrozenDictionary(StringComparer.Ordinal));
    private readonly Lazy<string> icon = new(() => EmbeddedText.Read(Folder + "pictogram.svg"));
    private readonly Lazy<string> stylesheet = new(() => EmbeddedText.Read(Folder + "pagina.css"));

    /// <summary>The answer with a page, in English when the query has <c>taal=en</c>; null when there is no such page.</summary>
    /// <param name="request">A request for the page. Its address ends in a slash, else it is redirected (301).</param>
    /// <param name="name">The path of its file below the language, such as <c>fouten/NotFound</c>.</param>
    public IResult? Find(HttpRequest request, string name)
    {
        var language = PageFrame.LanguageOf(request);
        if (!pages.Value.TryGetValue($"{language}/{name}", out var page))
        {
            return null;
        }
        return PageFrame.ToSlash(request) ?? PageFrame.Answer(request, page, ContentSecurityPolicy);
    }

    /// <summary>The answer with the stylesheet of all pages.</summary>
    public IResult Stylesheet() => Results.Text(stylesheet.Value, "text/css", Encoding.UTF8);

    /// <summary>The answer with the icon of all pages.</summary>
    public IResult Icon() => Results.Text(icon.Value, "image/svg+xml", Encoding.UTF8);

    private static IEnumerable<KeyValuePair<string, byte[]>> Render()
    {
        foreach (var language in PageFrame.Languages)
        {
            var texts = ReadTexts(language);
            foreach (var text in texts)
            {
                var list = text.Name == Errors ? List(texts.Where(other => other.IsOfError), language) : "";
                yield return new($"{language}/{text.Name}", Render(text, text.Body + list, language));
            }
        }
    }

    private static byte[] Render(PageText text, string body, string language)
    {
        var toRef = string.Concat(Enumerable.Repeat("../", text.Name.Count(character => character == '/') + 1));
        return Encoding.UTF8.GetBytes(PageFrame.Render(language, text.Heading, toRef, body));
    }

    /// <summary>Links to the pages of errors.</summary>
    private static string List(IEnumerable<PageText> errors, string language)
    {
        var items = errors.Select(error =>
            $"<li><a href=\"{error.Name[(Errors.Length + 1)..]}/{PageFrame.Query(language)}\">{error.Heading}</a></li>\n");
        return $"<ul>\n{string.Concat(items)}</ul>\n";
    }

    /// <summary>The texts in a language; those of errors by the status that their headings begin with.</summary>
    private static List<PageText> ReadTexts(string language)
    {
        var prefix = $"{Folder}{language}/";
        return
        [
            .. typeof(PageLibrary).Assembly.GetManifestResourceNames()
                .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
                .Select(resource => PageText.Create(resource[prefix.Length..^".html".Length], EmbeddedText.Read(resource)))
                .OrderBy(text => text.Heading, StringComparer.Ordinal),
        ];
    }

    [GeneratedRegex("<h1>(.*?)</h1>")]
    private static partial Regex Heading();

    /// <summary>A text before the frame is put around it.</summary>
    /// <param name="Name">Its path below the language, without its ending.</param>
    /// <param name="Heading">What its h1 says.</param>
    /// <param name="Body">All of it.</param>
    private sealed record PageText(string Name, string Heading, string Body)
    {
        public bool IsOfError => Name.StartsWith($"{Errors}/", StringComparison.Ordinal);

        public static PageText Create(string name, string body) => new(name, PageLibrary.Heading().Match(body).Groups[1].Value, body);
    }
}
