using System.Diagnostics;
using System.Globalization;
using Klanten.Tests.Storage.Cosmos;
using Klanten.Tests.Support;

namespace Klanten.Tests.ModelChecking;

/// <summary>
/// The program, in a process of its own, against a model of a register in memory. Operations are drawn from a seed: one consumer whose
/// every answer must be the model's, then several writers at once, then a SIGKILL and a restart, again and again. At the end all that the
/// store has is compared with the model. By hand: <c>KLANTEN_MODEL_SECONDS=600 KLANTEN_MODEL_SEED=7</c>.
/// </summary>
public sealed class ModelTests(CosmosAccount account, ITestOutputHelper output)
{
    private const int SeedInSuite = 20_261_125;

    [Fact]
    public Task A_register_on_SQLite_is_what_the_model_says() =>
        CheckAsync(new SqliteFile(), new(Rounds: 4, Alone: 200, Together: 200));

    [Fact]
    public Task A_register_on_Cosmos_is_what_the_model_says() =>
        CheckAsync(new CosmosContainer(account), new(Rounds: 2, Alone: 30, Together: 5));

    private async Task CheckAsync(ITestStore store, Extent extent)
    {
        var seconds = Effort.Rounds("KLANTEN_MODEL_SECONDS", inSuite: 0);
        var seed = Effort.Rounds("KLANTEN_MODEL_SEED", inSuite: seconds == 0 ? SeedInSuite : Random.Shared.Next());
        output.WriteLine($"seed {seed}");
        await store.InitializeAsync();
        await using var ownStore = store;
        using var folder = new TempFolder();
        using var http = ApiClient.Create();
        var settings = new Dictionary<string, string?>(store.Settings.Concat(Applications.Settings));
        var token = $"Bearer {Token.Of(Applications.Alles)}";
        var chance = new Chance(seed);
        var words = new KlantWords(chance);
        var model = new ModelRegister();
        var alone = new SingleClient(model, chance, words);
        var clock = Stopwatch.StartNew();
        var (round, conflicts) = (0, 0);
        for (; seconds == 0 ? round < extent.Rounds : clock.Elapsed.TotalSeconds < seconds; round++)
        {
            await using var program = await KlantenProgram.StartAsync(folder.Path, settings);
            var consumer = new Consumer(http, $"{program.Root}/api/v1", token);
            if (round == 0) await ChosenNumbers.CheckAsync(consumer, model, chance.Elfproef());
            for (var i = 0; i < extent.Alone; i++) await alone.ActAsync(consumer);
            var together = new SeveralWriters(model, words, seed + round * 100);
            await together.WriteAsync(consumer, extent.Together);
            conflicts += together.Conflicts;
            await program.KillAsync();
        }
        await using var last = await KlantenProgram.StartAsync(folder.Path, settings);
        await StoreComparison.CheckAsync(new Consumer(http, $"{last.Root}/api/v1", token), model);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{round} rounds in {clock.Elapsed.TotalSeconds:f0} s; {model.Klanten.Count} klanten with " +
            $"{model.Klanten.Sum(k => k.Trail.Count)} trail entries, {model.Generated} generated klantnummers, " +
            $"{conflicts} writes refused because of others, and no difference."));
    }

    /// <param name="Rounds">Each ends with a SIGKILL.</param>
    /// <param name="Alone">Operations of a single consumer in each round.</param>
    /// <param name="Together">Writes of each of several writers in each round.</param>
    private sealed record Extent(int Rounds, int Alone, int Together);
}
