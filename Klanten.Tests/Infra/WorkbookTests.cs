using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klanten.Functions.Telemetry;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.Infra;

/// <summary>infra/workbook.json shows the metrics that the program has, by the tags that it gives them.</summary>
public sealed partial class WorkbookTests(ArmTemplate template)
{
    private static readonly JsonNode Workbook = JsonNode.Parse(File.ReadAllText(Repository.PathOf("infra", "workbook.json")))!;

    private static readonly string[] Queries =
    [
        .. Workbook["items"]!.AsArray().Select(item => (string?)item!["content"]!["query"]).OfType<string>(),
    ];

    [Fact]
    public void Each_metric_of_the_program_is_shown_and_no_other() =>
        Assert.Equal(Measured().Keys.Order(), Queries.SelectMany(MetricsOf).Order());

    [Fact]
    public void A_metric_is_split_by_the_tags_that_it_has()
    {
        var measured = Measured();
        foreach (var query in Queries)
        {
            foreach (var metric in MetricsOf(query)) Assert.Equal(measured[metric].Order(), TagsOf(query).Order());
        }
    }

    [Fact]
    public void Each_chart_has_a_name_of_its_own_and_follows_the_period_that_was_chosen()
    {
        var charts = Workbook["items"]!.AsArray().Where(item => item!["content"]!["query"] is not null).ToArray();
        Assert.Equal(charts.Length, charts.Select(chart => (string)chart!["name"]!).Distinct().Count());
        Assert.All(charts, chart => Assert.Equal("TimeRange", (string?)chart!["content"]!["timeContextFromParameter"]));
    }

    [Fact]
    public async Task It_is_deployed_for_the_workspace()
    {
        var workbook = await template.OneAsync("Microsoft.Insights/workbooks");
        var data = workbook.GetProperty("properties").GetProperty("serializedData").GetString()!;
        Assert.Contains("'WORKSPACE', resourceId('Microsoft.OperationalInsights/workspaces'", data, StringComparison.Ordinal);
    }

    /// <summary>The names of the metrics, with the tags of each.</summary>
    private static Dictionary<string, string[]> Measured()
    {
        var measured = new Dictionary<string, string[]>();
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Meter.Scope == factory) it.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => measured[instrument.Name] = Names(tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => measured[instrument.Name] = Names(tags));
        listener.Start();

        var metrics = new KlantenMetrics(factory, TimeProvider.System);
        metrics.StoreFailed("", 0, 0);
        metrics.TokenRejected("");
        metrics.SubjectLookedUp(true);
        metrics.NotificationTried("");
        metrics.UnknownParameterSent();
        metrics.RequestShed("");
        metrics.ExternalApiCalled("", "");
        metrics.AddRequestUnits("", 0);
        metrics.SqliteFault(0, 0);
        listener.RecordObservableInstruments();
        return measured;
    }

    private static string[] Names(ReadOnlySpan<KeyValuePair<string, object?>> tags) => [.. tags.ToArray().Select(tag => tag.Key)];

    private static IEnumerable<string> MetricsOf(string query) => Metric().Matches(query).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> TagsOf(string query) => Tag().Matches(query).Select(match => match.Groups[1].Value);

    [GeneratedRegex("Name == \"([^\"]+)\"")]
    private static partial Regex Metric();

    [GeneratedRegex(@"Properties\.(\w+)")]
    private static partial Regex Tag();
}
