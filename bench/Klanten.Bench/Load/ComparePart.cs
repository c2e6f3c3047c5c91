using Klanten.Bench.Programs;

namespace Klanten.Bench.Load;

/// <summary>This checkout against another revision. Each side fills a store, so that a change of the schema is measured too.</summary>
internal sealed class ComparePart(Workshop workshop, LoadSettings settings) : ILoadPart
{
    private static readonly string[] Sides = [Workshop.Base, Workshop.This];

    public double Estimate => 60 + (settings.Rounds * settings.Seconds * 12);

    public async Task<IEnumerable<string>> RunAsync(Measurement measurement)
    {
        await workshop.PublishBaseAsync(settings.Base ?? throw new ArgumentException("--base names the revision to compare with."));
        var sides = new List<(string Side, ServedProgram Served, Requests Requests)>();
        try
        {
            foreach (var side in Sides)
            {
                var store = await workshop.SeedAsync(GoalsPart.Klanten, $"compare-{side}", side);
                var served = await workshop.ServeAsync(store, Workshop.Port + sides.Count, side);
                sides.Add((side, served, await Requests.MakeAsync(served, GoalsPart.Klanten, workshop.Folder, $"compare-{side}")));
            }
            await MeasureAsync(measurement, sides);
        }
        finally
        {
            foreach (var (_, served, _) in sides) await served.DisposeAsync();
            foreach (var side in Sides) File.Delete(Path.Combine(workshop.Folder, $"compare-{side}.db.done"));
        }
        return Table(measurement.Figures);
    }

    private async Task MeasureAsync(Measurement measurement, List<(string Side, ServedProgram Served, Requests Requests)> sides)
    {
        var reads = new (string Case, Func<Requests, string> File)[]
        {
            ("get", r => r.Get),
            ("known", r => r.Conditional),
            ("page1", r => r.FirstPage),
            ("pages", r => r.OtherPages),
            ("find", r => r.Find),
            ("finds", r => r.FindOther),
        };
        var writes = new (string Case, string Kind, Func<Requests, string> File)[]
        {
            ("create", "post", r => r.Post), ("update", "patch", r => r.Patch),
        };
        foreach (var (_, served, requests) in sides)
        {
            foreach (var (_, file) in reads) await measurement.WarmAsync(served.Root, served.Token, "get", file(requests), 3);
        }
        for (var round = 0; round < settings.Rounds; round++)
        {
            foreach (var (@case, file) in reads)
            {
                foreach (var (side, served, requests) in sides) await measurement.GetAsync(side, @case, served, file(requests));
            }
        }
        foreach (var (@case, kind, file) in writes)
        {
            foreach (var (_, served, requests) in sides)
            {
                await measurement.WarmAsync(served.Root, served.Token, kind, file(requests), 6, Measurement.Writers);
            }
            for (var round = 0; round < settings.Rounds; round++)
            {
                foreach (var (side, served, requests) in sides)
                {
                    await measurement.WriteAsync(side, @case, served, kind, file(requests));
                }
            }
        }
    }

    private IEnumerable<string> Table(Figures figures)
    {
        yield return $"| a second, {GoalsPart.Klanten} klanten | {settings.Base} | this | ratio |";
        yield return "| --- | --: | --: | --: |";
        foreach (var @case in new[] { "get", "known", "page1", "pages", "find", "finds", "create", "update" })
        {
            yield return $"| {@case} | {figures.Rate(Workshop.Base, @case):F0} | {figures.Rate(Workshop.This, @case):F0} "
                + $"| {figures.Ratio(Workshop.This, @case, Workshop.Base, @case):F2} |";
        }
    }
}
