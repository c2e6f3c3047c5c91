using System.Globalization;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Kills;

/// <summary>Consumers that write at the same time until the program is killed, and compare afterwards what is there.</summary>
internal sealed class Writers
{
    private readonly List<WritingConsumer> consumers;
    private int made;
    private int notMade;

    public Writers(int count) => consumers = [.. Enumerable.Range(0, count).Select(_ => new WritingConsumer(Ledger))];

    public WriteLedger Ledger { get; } = new();

    public WritingConsumer First => consumers[0];

    /// <summary>Writes without an answer: those that were made, and those that were not.</summary>
    public int CountUnanswered => made + notMade;

    /// <summary>Writes until so many requests were sent, and kills the program then.</summary>
    public async Task LoadAndKillAsync(KlantenProgram program, HttpClient client, int requests)
    {
        var enough = Ledger.SentAsync(requests);
        var load = Task.WhenAll(consumers.Select(consumer => consumer.WriteUntilKilledAsync(client)));
        await Task.WhenAny(enough, load);
        await program.KillAsync();
        await load;
    }

    /// <summary>Compares all klanten of the program, after its restart, with those that the consumers wrote.</summary>
    public async Task CompareAsync(HttpClient client)
    {
        var listed = await RestartedProgram.ListAsync(client, Ledger);
        var written = consumers.SelectMany(consumer => consumer.Klanten).Select(klant => klant.Mark);
        foreach (var stray in listed.Keys.Except(written)) Ledger.Fault($"{stray}: no consumer wrote it.");
        foreach (var settled in await Task.WhenAll(consumers.Select(consumer => consumer.SettleAsync(client, listed))))
        {
            made += settled.Made;
            notMade += settled.NotMade;
        }
    }

    public override string ToString()
    {
        var klanten = consumers.Sum(consumer => consumer.Klanten.Count);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Ledger.CountSent} writes of {klanten} klanten by {consumers.Count} writers: {Ledger.CountAnswered} answered, " +
            $"{CountUnanswered} without an answer ({made} made, {notMade} not; {Ledger.CountUnavailable} times 503)");
    }
}
