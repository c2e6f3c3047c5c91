using Microsoft.AspNetCore.WebUtilities;

namespace Klanten.Functions.Http;

/// <summary>The query string as the standard means it: names are case-sensitive, of a repeated one the last counts.</summary>
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

    public IReadOnlyDictionary<string, string> Last => last;

    /// <summary>The URL of another page of the same list: parameters sorted by name, repeated and blank ones kept.</summary>
    /// <param name="list">URL of the list, without a query.</param>
    /// <param name="page">From 1; the first page goes without a number.</param>
    public string LinkTo(string list, int page)
    {
        var parameters = all.Where(p => p.Name != Page);
        if (page > 1) parameters = parameters.Append((Page, page.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var query = string.Join('&', parameters.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{Encode(p.Name)}={Encode(p.Value)}"));
        return query.Length == 0 ? list : $"{list}?{query}";
    }

    /// <summary>Form encoding: a space becomes a plus.</summary>
    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
