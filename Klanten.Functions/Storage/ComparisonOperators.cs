using Klanten.Core.Model;

namespace Klanten.Functions.Storage;

/// <summary>How both stores write a <see cref="Comparison"/> in their SQL.</summary>
internal static class ComparisonOperators
{
    public static string Sql(this Comparison comparison) => comparison switch
    {
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        _ => "=",
    };
}
