namespace Klanten.Bench.Load;

/// <summary>What the load generator measured, by side and case, a figure for each round.</summary>
internal sealed class Figures
{
    private readonly Dictionary<(string Side, string Case), List<LoadFigure>> figures = [];

    public void Add(string side, string @case, LoadFigure figure)
    {
        if (!figures.TryGetValue((side, @case), out var rounds)) figures.Add((side, @case), rounds = []);
        rounds.Add(figure);
    }

    public bool Has(string side, string @case) => figures.ContainsKey((side, @case));

    /// <summary>Requests a second.</summary>
    public double Rate(string side, string @case) => Of(side, @case, figure => figure.Rate);

    public double Of(string side, string @case, Func<LoadFigure, double> value) => Median(figures[(side, @case)].Select(value));

    /// <summary>The median of the ratios of the rounds, which is steadier than the ratio of two medians.</summary>
    public double Ratio(string side, string @case, string otherSide, string otherCase) =>
        Median(figures[(side, @case)].Zip(figures[(otherSide, otherCase)], (one, other) => one.Rate / other.Rate));

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}

/// <summary>One measurement.</summary>
/// <param name="Rate">Requests a second.</param>
/// <param name="P50">Median latency in µs.</param>
/// <param name="P99">99th percentile of the latency in µs.</param>
internal sealed record LoadFigure(double Rate, double P50, double P99);
