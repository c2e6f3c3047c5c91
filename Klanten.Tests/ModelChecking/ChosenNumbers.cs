using System.Collections.Concurrent;
using System.Globalization;
using Klanten.Tests.Support;

namespace Klanten.Tests.ModelChecking;

/// <summary>
/// kla-001 against consumers that chose their numbers badly: just where a search that takes ever larger steps would look. As long as
/// there are free numbers, a klant without one gets one.
/// </summary>
internal static class ChosenNumbers
{
    private const int First = 10_000_000;
    private const int Last = 99_999_999;
    private const int LargestStep = 1 << 20;

    /// <summary>Powers of two from the first number on, then steps of the largest; and the number before each.</summary>
    private static readonly IEnumerable<int> Chosen = Enumerable.Range(0, 20).Select(power => 1 << power)
        .Concat(Enumerable.Range(1, (Last - First) / LargestStep).Select(step => step * LargestStep))
        .SelectMany(offset => new[] { First + offset - 2, First + offset - 1 })
        .Where(number => number >= First).Distinct();

    public static async Task CheckAsync(Consumer consumer, ModelRegister model, string bronorganisatie)
    {
        var klanten = new ConcurrentBag<ModelledKlant>();
        await Parallel.ForEachAsync(Chosen, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            var body = Bodies.Vestiging(bronorganisatie).With("klantnummer", number.ToString(CultureInfo.InvariantCulture));
            klanten.Add(ModelledKlant.Created(await consumer.Created(body)));
        });
        foreach (var klant in klanten) model.Add(klant);
        model.Order(await StoreComparison.UuidsAsync(consumer));
        for (var i = 0; i < 3; i++)
        {
            var answer = (await consumer.Post(Bodies.Vestiging(bronorganisatie))).ShouldBe(201).Body;
            model.CheckGenerated(answer);
            model.Add(ModelledKlant.Created(answer));
        }
    }
}
