using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;

namespace Klanten.Functions.Migration;

/// <summary>
/// Reads a source to its end, takes over what is in it, and records each part. A live source may shift its pages while they are read,
/// so that klanten are met twice or not at all: when it did, the source is read again.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="import">Takes klanten over.</param>
/// <param name="bulkLoad">What adds them; null in a rehearsal.</param>
/// <param name="progress">Where each part is recorded.</param>
/// <param name="report">Receives what is refused.</param>
/// <param name="told">Is told how much of the source was read, from 0 to 1, after each part.</param>
internal sealed class ImportRun(
    IImportSource source, ImportKlanten import, IBulkLoad? bulkLoad, ImportProgress progress, RefusalReport report,
    Action<ImportState, double> told)
{
    /// <summary>A source that still shifts then is too busy to be copied.</summary>
    public const int MaxPasses = 3;

    /// <returns>What was done, and whether the last pass met as many klanten as the source has.</returns>
    /// <exception cref="MigrationException">The source cannot be read; what was done so far is recorded.</exception>
    public async Task<(ImportState State, bool Complete)> ExecuteAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await foreach (var part in source.ReadAsync(progress.State.Position, cancellationToken))
            {
                await TakeAsync(part, cancellationToken);
                told(progress.State, part.Fraction);
            }
            var state = progress.State;
            var complete = state.Count is not { } count || (state.Steady && progress.CountMet() == count);
            if (complete || state.Pass == MaxPasses) return (state, complete);
            progress.Record(state with { Pass = state.Pass + 1, Position = 0, Count = null, Steady = true }, []);
        }
    }

    private async Task TakeAsync(ImportPart part, CancellationToken cancellationToken)
    {
        var state = progress.State;
        SourceKlant[] readable = [.. part.Klanten.Where(klant => klant.Error is null)];
        var outcomes = await import.ExecuteAsync(
            [.. readable.Select(klant => new ImportedKlant(klant.Id!.Value, klant.Json))], bulkLoad, cancellationToken);
        foreach (var klant in part.Klanten.Where(klant => klant.Error is not null))
        {
            // Without a uuid it cannot be recognized, so a second pass does not count it again.
            if (state.Pass > 1) continue;
            report.Add(klant.Place, null, [klant.Error!]);
            state = state with { Refused = state.Refused + 1 };
        }
        var met = new Dictionary<KlantId, bool>();
        foreach (var (klant, outcome) in readable.Zip(outcomes))
        {
            state = Add(state, klant, outcome, met);
        }
        if (report.Length > state.ReportLength) report.Flush();
        progress.Record(
            state with
            {
                Position = part.Position,
                Count = part.Count,
                Steady = state.Steady && (state.Position == 0 || state.Count == part.Count),
                ReportLength = report.Length,
            },
            met.Select(pair => (pair.Key, pair.Value)));
    }

    /// <summary>Counts a klant once, however often the import meets it.</summary>
    private ImportState Add(ImportState state, SourceKlant klant, ImportOutcome outcome, Dictionary<KlantId, bool> met)
    {
        var id = klant.Id!.Value;
        bool? wasRefused = met.TryGetValue(id, out var refused) ? refused : progress.WasRefused(id);
        met[id] = outcome is ImportOutcome.Refused;
        switch (outcome)
        {
            case ImportOutcome.Refused { Errors: var errors } when wasRefused != true:
                report.Add(klant.Place, id, errors);
                return state with { Refused = state.Refused + 1 };
            case ImportOutcome.Added:
                return state with { Added = state.Added + 1, Refused = state.Refused - (wasRefused == true ? 1 : 0) };
            case ImportOutcome.Present when wasRefused is null:
                return state with { Present = state.Present + 1 };
            default:
                return state;
        }
    }
}
