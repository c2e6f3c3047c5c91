using System.Globalization;
using Klanten.Tests.Support;

namespace Klanten.Tests.ModelChecking;

/// <summary>The whole store against the model, through the API: lists, counts, keys and audit trails.</summary>
internal static class StoreComparison
{
    private const int AtATime = 8;

    /// <summary>Every klant is in the list once, in order, as it must be, with its trail; and is found by its keys.</summary>
    public static async Task CheckAsync(Consumer consumer, ModelRegister model)
    {
        await WalkAsync(consumer, "", [.. model.Klanten]);
        foreach (var own in model.Klanten.GroupBy(klant => klant.Bronorganisatie))
            await WalkAsync(consumer, $"bronorganisatie={own.Key}&", [.. own]);
        var numbers = model.Klanten.Select(klant => (klant.Bronorganisatie, klant.Klantnummer));
        Assert.Equal(model.Klanten.Count, numbers.Distinct().Count());
        await Parallel.ForEachAsync(model.Klanten, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (klant, _) =>
        {
            var key = $"bronorganisatie={klant.Bronorganisatie}&klantnummer={Uri.EscapeDataString(klant.Klantnummer)}";
            ModelRegister.CheckPage(await consumer.List(key), [klant], page: 1);
            (await consumer.Get(klant.Path)).ShouldBe(200).Body.Without("url").ShouldEqual(klant.Content);
            await CheckTrailAsync(consumer, klant);
        });
    }

    public static async Task CheckTrailAsync(Consumer consumer, ModelledKlant klant) =>
        Assert.Equal(klant.Trail, await TrailAsync(consumer, klant));

    public static async Task<List<TrailEntry>> TrailAsync(Consumer consumer, ModelledKlant klant) =>
        [.. (await consumer.Get($"{klant.Path}/audittrail")).ShouldBe(200).Json!.AsArray().Select(entry => TrailEntry.Read(entry!))];

    /// <summary>The uuids of all klanten, in the order of the list.</summary>
    public static async Task<List<string>> UuidsAsync(Consumer consumer)
    {
        var uuids = new List<string>();
        for (var page = 1; ; page++)
        {
            var answer = (await consumer.List(string.Create(CultureInfo.InvariantCulture, $"page={page}"))).ShouldBe(200);
            uuids.AddRange(answer.Results.Select(klant => klant!.Text("url").Split('/')[^1]));
            if (answer.Body["next"] is null) return uuids;
        }
    }

    private static async Task WalkAsync(Consumer consumer, string filter, List<ModelledKlant> klanten)
    {
        for (var page = 1; page <= klanten.Count / 100 + 2; page++)
            ModelRegister.CheckPage(
                await consumer.List(string.Create(CultureInfo.InvariantCulture, $"{filter}page={page}")), klanten, page);
    }
}
