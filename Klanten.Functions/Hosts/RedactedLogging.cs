namespace Klanten.Functions.Hosts;

/// <summary>Keeps what consumers send, query strings and with them BSNs and names above all, out of the log, whatever the configuration sets.</summary>
internal static class RedactedLogging
{
    /// <summary>Categories that write paths, whole URLs, headers or names of hosts below Warning.</summary>
    private static readonly string[] Talkative = ["Microsoft.AspNetCore", "System.Net.Http", "Polly"];

    /// <summary>
    /// Off: while it may log at all, the server makes an Activity and a scope for every request and puts the path into
    /// every line. Tracing makes its own, and what there is to say of errors is said by <see cref="Http.ErrorBoundary"/>.
    /// </summary>
    private const string PerRequest = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>The last word on the log's rules: for every provider these categories start at Warning.</summary>
    public static void AddRedactedLogging(this IHostApplicationBuilder builder) =>
        builder.Services.PostConfigure<LoggerFilterOptions>(options =>
        {
            var providers = options.Rules.Select(r => r.ProviderName).Append(null).Distinct().ToArray();
            foreach (var rule in options.Rules.Where(r => MayBeTalkative(r.CategoryName)).ToArray()) options.Rules.Remove(rule);
            foreach (var provider in providers)
            {
                foreach (var category in Talkative) options.Rules.Add(new(provider, category, LogLevel.Warning, null));
                options.Rules.Add(new(provider, PerRequest, LogLevel.None, null));
            }
        });

    /// <summary>A pattern counts as well: it may match any of them, and win by its length.</summary>
    private static bool MayBeTalkative(string? category) =>
        category is not null && (category.Contains('*') || Talkative.Any(t => category.StartsWith(t, StringComparison.OrdinalIgnoreCase)));
}
