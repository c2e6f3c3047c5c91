using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Klanten.Functions.Http;

/// <summary>The query string by the rules of the standard: names are case-sensitive, and the last of a repeated one counts.</summary>
internal sealed class QueryParameters
{
    public const string Page = "page";

    private readonly List<(string Name, string Value)> all = [];
    private readonly Dictionary<string, string> last = new(StringComparer.Ordinal);

    public QueryParameters(QueryString query)
    {
        foreach (var pair in new QueryStringEnumerable(query.Value))
        {
            var (name, value) = (pair.DecodeName().ToString(), pair.DecodeValue().ToString());
            all.Add((name, value));
            last[name] = value;
        }
    }

    /// <summary>Every parameter, in the order of the request.</summary>
    public List<(string Name, string Value)> All => all;

    public IReadOnlyDictionary<string, string> Last => last;

    /// <summary>URL of another page of the same list, with all parameters, sorted by name.</summary>
    /// <param name="list">URL of the list, without a query.</param>
    /// <param name="page">From 1; the URL of the first page has no number.</param>
    public string LinkTo(string list, int page)
    {
        var parameters = all.Where(p => p.Name != Page);
        if (page > 1)
        {
            parameters = parameters.Append((Page, page.ToString(CultureInfo.InvariantCulture)));
        }
        var pairs = parameters.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{Encode(p.Name)}={Encode(p.Value)}");
        var query = string.Join('&', pairs);
        return query.Length == 0 ? list : $"{list}?{query}";
    }

    /// <summary>Form encoding: a space becomes a plus.</summary>
    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
