namespace Klanten.Bench.Load;

/// <summary>The resident set during minutes of mixed load.</summary>
internal sealed class SoakPart(Workshop workshop, LoadSettings settings) : ILoadPart
{
    private const int SecondsOfATurn = 30;

    public double Estimate => settings.SoakMinutes * 60;

    public async Task<IEnumerable<string>> RunAsync(Measurement measurement)
    {
        var copy = await workshop.CopyAsync(await workshop.SeedAsync(GoalsPart.Klanten, $"{GoalsPart.Klanten}"));
        var lines = new List<string> { "| minutes of load | resident |", "| --: | --- |" };
        await using (var served = await workshop.ServeAsync(copy, Workshop.Port))
        {
            var requests = await Requests.MakeAsync(served, GoalsPart.Klanten, workshop.Folder, "soak");
            for (var turn = 1; turn <= settings.SoakMinutes * 60 / SecondsOfATurn; turn++)
            {
                await measurement.WarmAsync(served.Root, served.Token, "get", requests.Get, 12);
                await measurement.WarmAsync(served.Root, served.Token, "get", requests.FirstPage, 6);
                await measurement.WarmAsync(served.Root, served.Token, "get", requests.Find, 6);
                await measurement.WarmAsync(served.Root, served.Token, "post", requests.Post, 6, Measurement.Writers);
                lines.Add($"| {turn / 2.0} | {MemoryPart.Resident(served)} |");
            }
        }
        workshop.RemoveCopy();
        return lines;
    }
}
