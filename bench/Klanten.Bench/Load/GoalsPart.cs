using Klanten.Bench.Programs;

namespace Klanten.Bench.Load;

/// <summary>The program against a bare Kestrel endpoint that sends the same bytes, and durable writes against the reference.</summary>
internal sealed class GoalsPart(Workshop workshop, LoadSettings settings) : ILoadPart
{
    public const int Klanten = 100_000;

    /// <summary>Creates a second of the reference implementation on a machine of this size.</summary>
    private const double ReferenceCreates = 75;

    public double Estimate => 40 + (settings.Rounds * settings.Seconds * 8);

    public async Task<IEnumerable<string>> RunAsync(Measurement measurement)
    {
        var store = await workshop.SeedAsync(Klanten, $"{Klanten}");
        await using (var served = await workshop.ServeAsync(store, Workshop.Port))
        {
            var requests = await Requests.MakeAsync(served, Klanten, workshop.Folder, "goals");
            await MeasureReadsAsync(measurement, served, requests);
            await MeasurePagesAsync(measurement, served, requests);
        }
        var made = new Requests(workshop.Folder, "goals");
        foreach (var (name, kind, requests) in new[] { ("create", "post", made.Post), ("update", "patch", made.Patch) })
        {
            var copy = await workshop.CopyAsync(store);
            await using (var served = await workshop.ServeAsync(copy, Workshop.Port))
            {
                await measurement.WarmAsync(served.Root, served.Token, kind, requests, 8, Measurement.Writers);
                for (var round = 0; round < settings.Rounds; round++) await measurement.WriteAsync("app", name, served, kind, requests);
            }
            workshop.RemoveCopy();
        }
        return Table(measurement.Figures);
    }

    private async Task MeasureReadsAsync(Measurement measurement, ServedProgram served, Requests requests)
    {
        await using var ceiling = await workshop.ServeCeilingAsync(served, requests.KlantPath);
        await measurement.WarmAsync(ceiling.Root, served.Token, "get", requests.Get, 3);
        await measurement.WarmAsync(served.Root, served.Token, "get", requests.Get, 3);
        await measurement.WarmAsync(served.Root, served.Token, "get", requests.Conditional, 1);
        for (var round = 0; round < settings.Rounds; round++)
        {
            await measurement.GetAsync("ceiling", "get", ceiling.Root, served.Token, requests.Get);
            await measurement.GetAsync("app", "get", served, requests.Get);
            await measurement.GetAsync("app", "known", served, requests.Conditional);
        }
    }

    private async Task MeasurePagesAsync(Measurement measurement, ServedProgram served, Requests requests)
    {
        await using var ceiling = await workshop.ServeCeilingAsync(served, "/api/v1/klanten");
        await measurement.WarmAsync(ceiling.Root, served.Token, "get", requests.FirstPage, 2);
        await measurement.WarmAsync(served.Root, served.Token, "get", requests.FirstPage, 2);
        var others = requests.OtherPages;
        await measurement.WarmAsync(served.Root, served.Token, "get", others, 2);
        for (var round = 0; round < settings.Rounds; round++)
        {
            await measurement.GetAsync("ceiling", "page", ceiling.Root, served.Token, requests.FirstPage);
            await measurement.GetAsync("app", "page", served, requests.FirstPage);
            await measurement.GetAsync("app", "pages", served, others);
        }
    }

    private static IEnumerable<string> Table(Figures figures)
    {
        yield return $"| goals, {Klanten} klanten | a second | ceiling | ratio | p50 µs | p99 µs |";
        yield return "| --- | --: | --: | --: | --: | --: |";
        yield return Row(figures, "GET klant", "get", "get");
        yield return Row(figures, "GET klant, If-None-Match: 304", "known", "get");
        yield return Row(figures, "list page of 100, asked again", "page", "page");
        yield return Row(figures, "list page of 100, each time another", "pages", "page");
        foreach (var (name, @case) in new[] { ("create, durable", "create"), ("update (PATCH), durable", "update") })
        {
            var rate = figures.Rate("app", @case);
            var title = $"{name} (x {ReferenceCreates}/s of the reference)";
            yield return Line(title, rate, ReferenceCreates, rate / ReferenceCreates, figures, @case);
        }
    }

    private static string Row(Figures figures, string name, string @case, string ceiling) => Line(
        name,
        figures.Rate("app", @case),
        figures.Rate("ceiling", ceiling),
        figures.Ratio("app", @case, "ceiling", ceiling),
        figures,
        @case);

    private static string Line(string name, double rate, double ceiling, double ratio, Figures figures, string @case)
    {
        var (p50, p99) = (figures.Of("app", @case, figure => figure.P50), figures.Of("app", @case, figure => figure.P99));
        return $"| {name} | {rate:F0} | {ceiling:F0} | {ratio:F2} | {p50:F0} | {p99:F0} |";
    }
}
