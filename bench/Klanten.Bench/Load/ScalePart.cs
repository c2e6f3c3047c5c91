using Klanten.Bench.Programs;

namespace Klanten.Bench.Load;

/// <summary>The same requests on stores of several sizes, and the find by BSN against a bare endpoint.</summary>
internal sealed class ScalePart(Workshop workshop, LoadSettings settings) : ILoadPart
{
    private const string Near = "page101";

    /// <summary>So few that each has a full page, also in a store of 1,000 klanten.</summary>
    private const int Bronorganisaties = 5;

    /// <summary>In seconds: from there on the rate of creates stays the same.</summary>
    private const int CreateWarmUp = 12;

    private static readonly (string Case, string Name)[] Reads =
    [
        ("get", "GET klant"),
        ("find", "find by BSN, asked again"),
        ("finds", "find by BSN, each time another"),
        ("emails", "find by email address, each time another"),
        ("page1", "page 1 of all, asked again"),
        ("org", "page 1 of a bronorganisatie, asked again"),
        (Near, "pages from 101"),
        ("page801", "pages from 801"),
        ("page9801", "pages from 9,801"),
    ];

    public double Estimate => settings.Sizes.Count * (12 + (settings.Rounds * ((settings.Seconds * 9) + CreateWarmUp)));

    public async Task<IEnumerable<string>> RunAsync(Measurement measurement)
    {
        await MeasureReadsAsync(measurement);
        await MeasureCreatesAsync(measurement);
        return Table(measurement.Figures);
    }

    private async Task MeasureReadsAsync(Measurement measurement)
    {
        var sides = new List<(string Size, ServedProgram Served, Dictionary<string, string> Files)>();
        RunningProgram? ceiling = null;
        try
        {
            foreach (var size in settings.Sizes)
            {
                var served = await workshop.ServeAsync(await SeedAsync(size), Workshop.Port + sides.Count);
                var requests = await Requests.MakeAsync(served, size, workshop.Folder, Store(size));
                sides.Add(($"{size}", served, Files(requests, size)));
                ceiling ??= await workshop.ServeCeilingAsync(served, File.ReadLines(requests.Find).First());
            }
            foreach (var (_, served, files) in sides)
            {
                foreach (var file in files.Values) await measurement.WarmAsync(served.Root, served.Token, "get", file, 2);
            }
            for (var round = 0; round < settings.Rounds; round++)
            {
                foreach (var (@case, _) in Reads)
                {
                    foreach (var (size, served, files) in sides)
                    {
                        if (files.TryGetValue(@case, out var file)) await measurement.GetAsync(size, @case, served, file);
                    }
                }
                await measurement.GetAsync("ceiling", "find", ceiling!.Root, sides[0].Served.Token, sides[0].Files["find"]);
            }
        }
        finally
        {
            foreach (var (_, served, _) in sides) await served.DisposeAsync();
            if (ceiling is not null) await ceiling.DisposeAsync();
        }
    }

    private static Dictionary<string, string> Files(Requests requests, int size)
    {
        var files = new Dictionary<string, string>
        {
            ["get"] = requests.Get,
            ["find"] = requests.Find,
            ["finds"] = requests.FindOther,
            ["emails"] = requests.FindByEmailadres,
            ["page1"] = requests.FirstPage,
            ["org"] = requests.FirstPageOfBronorganisatie,
        };
        if (size >= 100_000) (files[Near], files["page801"]) = (requests.OtherPages, requests.Pages(801));
        if (size >= 1_000_000) files["page9801"] = requests.Pages(9801);
        return files;
    }

    /// <remarks>
    /// Creates make a store larger, so each round has a copy of its own. All are made before: a disk that has just taken a gigabyte is
    /// slower for a while.
    /// </remarks>
    private async Task MeasureCreatesAsync(Measurement measurement)
    {
        var copies = new List<(int Size, string Name, string Store)>();
        for (var round = 0; round < settings.Rounds; round++)
        {
            foreach (var size in settings.Sizes)
            {
                var name = $"copy-{size}-{round}";
                copies.Add((size, name, await workshop.CopyAsync(await SeedAsync(size), name)));
            }
        }
        foreach (var (size, name, store) in copies)
        {
            await using (var served = await workshop.ServeAsync(store, Workshop.Port))
            {
                var requests = new Requests(workshop.Folder, Store(size)).Post;
                await measurement.WarmAsync(served.Root, served.Token, "post", requests, CreateWarmUp, Measurement.Writers);
                await measurement.WriteAsync($"{size}", "create", served, "post", requests);
            }
            workshop.RemoveCopy(name);
        }
    }

    private Task<string> SeedAsync(int size) => workshop.SeedAsync(size, Store(size), bronorganisaties: Bronorganisaties);

    private static string Store(int size) => $"scale-{size}";

    private IEnumerable<string> Table(Figures figures)
    {
        var first = $"{settings.Sizes[0]}";
        yield return $"| scale: a second (ratio to {first}) | {string.Join(" | ", settings.Sizes)} |";
        yield return $"| --- |{string.Concat(Enumerable.Repeat(" --: |", settings.Sizes.Count))}";
        foreach (var (@case, name) in Reads.Append(("create", "create")))
        {
            yield return $"| {name} | {string.Join(" | ", settings.Sizes.Select(size => Cell(figures, $"{size}", @case, first)))} |";
        }
        foreach (var (@case, name) in Reads.Where(read => read.Case.StartsWith("find", StringComparison.Ordinal)))
        {
            var ratios = settings.Sizes.Select(size => $"{figures.Ratio($"{size}", @case, "ceiling", "find"):F2}");
            yield return $"| {name}, of the ceiling | {string.Join(" | ", ratios)} |";
        }
    }

    private static string Cell(Figures figures, string size, string @case, string first)
    {
        if (!figures.Has(size, @case)) return "-";
        var cell = $"{figures.Rate(size, @case):F0}";
        if (size != first && figures.Has(first, @case)) cell += $" ({figures.Ratio(size, @case, first, @case):F2})";
        return @case is "page801" or "page9801" ? $"{cell} ({figures.Ratio(size, @case, size, Near):F2} of those from 101)" : cell;
    }
}
