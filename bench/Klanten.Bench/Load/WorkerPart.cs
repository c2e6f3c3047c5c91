namespace Klanten.Bench.Load;

/// <summary>Under the Functions host of the tests: a GET of a klant against a function of the same worker that does no work.</summary>
internal sealed class WorkerPart(Workshop workshop, LoadSettings settings) : ILoadPart
{
    private const int WarmUp = 18;

    public double Estimate => WarmUp + (2 * settings.Rounds * settings.Seconds);

    public async Task<IEnumerable<string>> RunAsync(Measurement measurement)
    {
        await workshop.BuildTestsAsync();
        var store = await workshop.SeedAsync(GoalsPart.Klanten, $"{GoalsPart.Klanten}");
        await using var served = await workshop.ServeUnderHostAsync(store);
        var requests = await Requests.MakeAsync(served, GoalsPart.Klanten, workshop.Folder, "worker");
        var nothing = requests.One("nothing", "/healthz/live");
        foreach (var file in new[] { nothing, requests.Get })
        {
            await measurement.WarmAsync(served.Root, served.Token, "get", file, WarmUp / 2);
        }
        for (var round = 0; round < settings.Rounds; round++)
        {
            await measurement.GetAsync("worker", "nothing", served, nothing);
            await measurement.GetAsync("worker", "get", served, requests.Get);
        }
        var figures = measurement.Figures;
        return
        [
            "| through the Functions worker, a second | no-op | GET klant | ratio |",
            "| --- | --: | --: | --: |",
            $"| {GoalsPart.Klanten} klanten | {figures.Rate("worker", "nothing"):F0} | {figures.Rate("worker", "get"):F0} "
                + $"| {figures.Ratio("worker", "get", "worker", "nothing"):F2} |",
        ];
    }
}
