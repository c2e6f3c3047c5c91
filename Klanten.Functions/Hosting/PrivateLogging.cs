namespace Klanten.Functions.Hosting;

/// <summary>Keeps query strings, and with them BSNs and names, out of the log, whatever level the configuration sets.</summary>
internal static class PrivateLogging
{
    /// <summary>Categories that write whole URLs or headers at Information and below.</summary>
    private static readonly string[] Talkative =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.HttpLogging",
        "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing", "System.Net.Http",
    ];

    /// <summary>
    /// Writes nothing above Information, but while it is on at all the server makes an Activity and a scope for every
    /// request. Tracing makes its own.
    /// </summary>
    private const string PerRequest = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>The last word on the log's rules: for every provider these categories start at Warning.</summary>
    public static void UsePrivateLogging(this WebApplicationBuilder builder) =>
        builder.Services.PostConfigure<LoggerFilterOptions>(options =>
        {
            var providers = options.Rules.Select(r => r.ProviderName).Append(null).Distinct().ToArray();
            foreach (var rule in options.Rules.Where(r => IsTalkative(r.CategoryName)).ToArray()) options.Rules.Remove(rule);
            foreach (var provider in providers)
            {
                foreach (var category in Talkative) options.Rules.Add(new(provider, category, LogLevel.Warning, null));
                options.Rules.Add(new(provider, PerRequest, LogLevel.None, null));
            }
        });

    private static bool IsTalkative(string? category) => category is not null && Talkative.Any(t => category.StartsWith(t, StringComparison.Ordinal));
}
