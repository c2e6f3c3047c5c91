using System.Collections.Frozen;
using Klanten.Core.Fields;
using Klanten.Core.Model;
using Klanten.Functions.Settings;
using Klanten.Functions.Telemetry;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Http;

/// <summary>Key <c>Klanten:StrikteFilters</c>.</summary>
public sealed class ListParametersOptions
{
    /// <summary>
    /// Whether klant_list refuses a parameter that it does not have (400). By default it ignores the parameter, as the reference
    /// does: a list with a misspelled filter then holds the whole register.
    /// </summary>
    public bool StrikteFilters { get; set; }
}

/// <summary>Counts the lists that are asked with a parameter that klant_list does not have, and refuses them when configured.</summary>
public sealed class ListParameters
{
    /// <summary>The maximum length of a name in an error, in UTF-16 units; the rest of a longer one is left out.</summary>
    private const int MaxNameLength = 100;

    private static readonly FrozenSet<string> Known = NamesOf(Dialect.Standard);
    private static readonly FrozenSet<string> KnownToOpenKlant = NamesOf(Dialect.OpenKlant(""));

    private readonly bool strict;
    private readonly KlantenMetrics metrics;

    internal ListParameters(IOptions<ListParametersOptions> options, KlantenMetrics metrics) =>
        (strict, this.metrics) = (options.Value.StrikteFilters, metrics);

    public static void AddTo(IServiceCollection services)
    {
        services.AddSettings<ListParametersOptions>("Klanten", (section, options) => section.Bind(options));
        services.AddSingleton(provider => new ListParameters(
            provider.GetRequiredService<IOptions<ListParametersOptions>>(), provider.GetRequiredService<KlantenMetrics>()));
    }

    /// <param name="parameters">The parameters of the request.</param>
    /// <param name="dialect">How the consumer speaks.</param>
    /// <param name="errors">Receives an error for each unknown name, when such a name is refused.</param>
    internal void Check(QueryParameters parameters, Dialect dialect, List<FieldError> errors)
    {
        var known = dialect.IsOpenKlant ? KnownToOpenKlant : Known;
        HashSet<string>? unknown = null;
        foreach (var (name, _) in parameters.All)
        {
            if (!known.Contains(name))
            {
                (unknown ??= new(StringComparer.Ordinal)).Add(name);
            }
        }
        if (unknown is null)
        {
            return;
        }
        metrics.UnknownParameterSent();
        if (strict)
        {
            errors.AddRange(unknown.Take(Problem.MaxErrors).Select(Error));
        }
    }

    private static FrozenSet<string> NamesOf(Dialect dialect) =>
        dialect.Filters.Select(field => field.Parameter).Append(QueryParameters.Page).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The code is that of the reference's other APIs, which check the names of parameters.</summary>
    private static FieldError Error(string name) => new(Shorten(name), "unknown-parameters", "Deze parameter bestaat niet.");

    private static string Shorten(string name)
    {
        if (name.Length <= MaxNameLength)
        {
            return name;
        }
        return name[..(char.IsHighSurrogate(name[MaxNameLength - 1]) ? MaxNameLength - 1 : MaxNameLength)];
    }
}
