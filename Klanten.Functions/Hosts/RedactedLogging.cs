namespace Klanten.Functions.Hosts;

/// <summary>
/// Keeps personal data out of the log, whatever log levels the configuration sets: query strings and URLs hold BSNs and names.
/// </summary>
internal static class RedactedLogging
{
    /// <summary>Categories that log paths, URLs, headers or host names below Warning.</summary>
    private static readonly string[] RevealingCategories = ["Microsoft.AspNetCore", "System.Net.Http"];

    /// <summary>
    /// Off altogether: when this category may log, the server makes an Activity and a log scope for every request, and puts the
    /// path into every line. Tracing makes its own Activity, and <see cref="Http.ErrorBoundary"/> logs the errors.
    /// </summary>
    private const string RequestCategory = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>
    /// Warns of each connection over the limit, so that a consumer that opens many would fill the log. The metric
    /// kestrel.rejected_connections counts them.
    /// </summary>
    private const string ConnectionCategory = "Microsoft.AspNetCore.Server.Kestrel.Connections";

    /// <summary>Runs after all other configuration of the log, and makes these categories start at Warning for every provider.</summary>
    public static void AddRedactedLogging(this IHostApplicationBuilder builder) =>
        builder.Services.PostConfigure<LoggerFilterOptions>(Redact);

    private static void Redact(LoggerFilterOptions options)
    {
        var providers = options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToArray();
        foreach (var rule in options.Rules.Where(rule => MayReveal(rule.CategoryName)).ToArray())
        {
            options.Rules.Remove(rule);
        }
        foreach (var provider in providers)
        {
            foreach (var category in RevealingCategories)
            {
                options.Rules.Add(new(provider, category, LogLevel.Warning, null));
            }
            options.Rules.Add(new(provider, RequestCategory, LogLevel.None, null));
            options.Rules.Add(new(provider, ConnectionCategory, LogLevel.Error, null));
        }
    }

    /// <summary>A rule with a pattern counts too: it may match one of the categories, and the longest matching rule wins.</summary>
    private static bool MayReveal(string? category)
    {
        if (category is null)
        {
            return false;
        }
        return category.Contains('*') || RevealingCategories.Any(prefix => category.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }
}
