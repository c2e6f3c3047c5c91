using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Klanten.Functions.Pages;

/// <summary>
/// The pages of this program, made from the files in this folder at the first request of one: <c>page.html</c> around each of the
/// texts in <c>nl/</c> and <c>en/</c>. They need nothing from another host, have no script, and know nothing of klanten.
/// </summary>
public sealed partial class PageLibrary
{
    private const string Dutch = "nl";
    private const string English = "en";
    private const string Errors = "fouten";
    private const string ContentSecurityPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";

    private readonly Lazy<FrozenDictionary<string, byte[]>> pages = new(() => Render().ToFrozenDictionary(StringComparer.Ordinal));
    private readonly Lazy<string> stylesheet = new(() => Read("pagina.css"));

    /// <summary>The answer with a page, in English when the query has <c>taal=en</c>; null when there is no such page.</summary>
    /// <param name="request">A request for the page. Its address ends in a slash, else it is redirected (301).</param>
    /// <param name="name">The path of its file below the language, such as <c>fouten/NotFound</c>.</param>
    public IResult? Find(HttpRequest request, string name)
    {
        var language = request.Query["taal"] == English ? English : Dutch;
        if (!pages.Value.TryGetValue($"{language}/{name}", out var page))
        {
            return null;
        }
        if (!request.Path.Value!.EndsWith('/'))
        {
            // Relative, so that it holds below whatever address the program has outside.
            return Results.Redirect($"{name[(name.LastIndexOf('/') + 1)..]}/{request.QueryString}", permanent: true);
        }
        request.HttpContext.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return Results.Bytes(page, "text/html; charset=utf-8");
    }

    /// <summary>The answer with the stylesheet of all pages.</summary>
    public IResult Stylesheet() => Results.Text(stylesheet.Value, "text/css", Encoding.UTF8);

    private static IEnumerable<KeyValuePair<string, byte[]>> Render()
    {
        var frame = Read("page.html");
        foreach (var language in (string[])[Dutch, English])
        {
            var names = NamesIn(language);
            foreach (var name in names)
            {
                var body = Read($"{language}/{name}.html");
                if (name == Errors)
                {
                    body += List(names.Where(other => other.StartsWith($"{Errors}/", StringComparison.Ordinal)), language);
                }
                yield return new($"{language}/{name}", Encoding.UTF8.GetBytes(Render(frame, name, language, body)));
            }
        }
    }

    private static string Render(string frame, string name, string language, string body)
    {
        var isDutch = language == Dutch;
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["language"] = language,
            ["title"] = Heading().Match(body).Groups[1].Value,
            ["ref"] = string.Concat(Enumerable.Repeat("../", name.Count(character => character == '/') + 1)),
            ["query"] = Query(language),
            ["navigation"] = isDutch ? "Naslag" : "Reference",
            ["errors"] = isDutch ? "Fouten" : "Errors",
            ["channels"] = isDutch ? "Kanalen" : "Channels",
            ["otherLink"] = isDutch ? "?taal=en" : "./",
            ["otherLanguage"] = isDutch ? English : Dutch,
            ["otherName"] = isDutch ? "English" : "Nederlands",
            ["body"] = body,
        };
        return Placeholder().Replace(frame, match => values[match.Groups[1].Value]);
    }

    private static string List(IEnumerable<string> names, string language)
    {
        var list = new StringBuilder("<ul>\n");
        foreach (var name in names)
        {
            var heading = Heading().Match(Read($"{language}/{name}.html")).Groups[1].Value;
            list.Append("<li><a href=\"").Append(name.AsSpan(Errors.Length + 1)).Append('/').Append(Query(language)).Append("\">")
                .Append(heading).Append("</a></li>\n");
        }
        return list.Append("</ul>\n").ToString();
    }

    private static string Query(string language) => language == English ? "?taal=en" : "";

    /// <summary>The names of the texts in a language, by the status that their headings begin with.</summary>
    private static List<string> NamesIn(string language)
    {
        var prefix = $"pages/{language}/";
        return
        [
            .. typeof(PageLibrary).Assembly.GetManifestResourceNames()
                .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
                .Select(resource => resource[prefix.Length..^".html".Length])
                .OrderBy(name => Heading().Match(Read($"{language}/{name}.html")).Value, StringComparer.Ordinal),
        ];
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(typeof(PageLibrary).Assembly.GetManifestResourceStream($"pages/{file}")!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("<h1>(.*?)</h1>")]
    private static partial Regex Heading();

    [GeneratedRegex("{{(\\w+)}}")]
    private static partial Regex Placeholder();
}
