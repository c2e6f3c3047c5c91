using System.Text.Json;
using Klanten.Core.Fields;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Core.UseCases;

/// <summary>
/// Takes klanten of another register over with their uuid and klantnummer. Each gets one audit entry and no notification. A klant
/// that was taken over before is left as it is, so that an import may be repeated. Not thread-safe.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="dialect">How the other register speaks.</param>
/// <param name="auditContext">The source, for the audit trail.</param>
/// <param name="clock">The clock that gives the moment of each klant.</param>
public sealed class ImportKlanten(IKlantStore store, Dialect dialect, AuditContext auditContext, TimeProvider clock)
{
    /// <summary>
    /// The counter of generated numbers is not raised beyond half of them: one klantnummer 99999999 would leave none to generate.
    /// </summary>
    private const long MaxRaise = GeneratedKlantnummer.Count / 2;

    private readonly CommitBuilder commits = new(new Publication(Enabled: false), new RisingClock(clock));
    private readonly Dictionary<string, long> raised = new(StringComparer.Ordinal);

    /// <summary>Takes over a part of the klanten.</summary>
    /// <param name="klanten">Some hundreds at most.</param>
    /// <param name="bulkLoad">What adds them; null in a rehearsal, which judges all and changes nothing.</param>
    /// <param name="cancellationToken">Stops before the klanten are added.</param>
    /// <returns>The outcome of each, in the same order.</returns>
    public async Task<IReadOnlyList<ImportOutcome>> ExecuteAsync(
        IReadOnlyList<ImportedKlant> klanten, IBulkLoad? bulkLoad, CancellationToken cancellationToken)
    {
        var outcomes = new ImportOutcome[klanten.Count];
        var candidates = new Dictionary<KlantId, Candidate>();
        var again = new List<(int Index, Candidate First, bool Same)>();
        for (var i = 0; i < klanten.Count; i++)
        {
            var errors = new List<FieldError>();
            var klant = Read(klanten[i], errors);
            if (errors.Count > 0)
            {
                outcomes[i] = new ImportOutcome.Refused(errors);
                continue;
            }
            var candidate = new Candidate(i, klanten[i].Id, klant, KlantJson.Write(klant));
            if (!candidates.TryAdd(candidate.Id, candidate))
            {
                var first = candidates[candidate.Id];
                again.Add((i, first, first.HasJson(candidate.Json)));
            }
        }

        var existing = await store.ReadManyAsync(candidates.Keys, cancellationToken).ConfigureAwait(false);
        foreach (var stored in existing)
        {
            candidates.Remove(stored.Id, out var candidate);
            // A store may keep the JSON in another form, so it is written again before it is compared.
            outcomes[candidate!.Index] = candidate.HasJson(KlantJson.Write(KlantJson.Read(stored.Json))) ? Present : ExistsOtherwise;
        }

        Candidate[] added = [.. candidates.Values.OrderBy(candidate => candidate.Index)];
        var results = bulkLoad is null
            ? await RehearseAsync(added, cancellationToken).ConfigureAwait(false)
            : await CommitAsync(added, bulkLoad, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < added.Length; i++)
        {
            outcomes[added[i].Index] = results[i] == CommitResult.Committed ? new ImportOutcome.Added() : NumberTaken;
        }
        foreach (var (index, first, same) in again)
        {
            outcomes[index] = (outcomes[first.Index], same) switch
            {
                (ImportOutcome.Added or ImportOutcome.Present, true) => Present,
                (ImportOutcome.Refused refused, true) => refused,
                _ => ExistsOtherwise,
            };
        }
        return outcomes;
    }

    private static ImportOutcome Present { get; } = new ImportOutcome.Present();

    private static ImportOutcome ExistsOtherwise { get; } = new ImportOutcome.Refused([ImportErrors.ExistsOtherwise]);

    private static ImportOutcome NumberTaken { get; } = new ImportOutcome.Refused([KlantErrors.KlantnummerNotUnique]);

    /// <summary>
    /// Judges the klant by the rules for a new one, but for what an existing one may be: without subject and identification, which a
    /// consumer can take away. Its subject was fetched where it was set.
    /// </summary>
    private Klant Read(ImportedKlant imported, List<FieldError> errors)
    {
        var klant = KlantInput.Merge(null, imported.Json, dialect, partial: false, subjectReachable: true, errors);
        // A klant that has a subject only is shown with null.
        errors.RemoveAll(error => error is { Name: KlantInput.Identificatie, Code: "null" });
        if (errors.Count == 0 && klant.Klantnummer.Length == 0)
        {
            errors.Add(FieldError.Required("klantnummer"));
        }
        if (!dialect.IsOpenKlant && HasAdded(imported.Json))
        {
            errors.Add(ImportErrors.OtherDialect);
        }
        return klant;
    }

    /// <summary>Whether values would be lost.</summary>
    private static bool HasAdded(JsonElement json) =>
        OpenKlantFields.Added.Merge(null, json, "", [], partial: true) is { } klant && OpenKlantFields.AreAddedTo(klant);

    private async Task<IReadOnlyList<CommitResult>> RehearseAsync(Candidate[] added, CancellationToken cancellationToken)
    {
        var results = new CommitResult[added.Length];
        var numbers = new HashSet<(string, string)>();
        for (var i = 0; i < added.Length; i++)
        {
            var klant = added[i].Klant;
            var taken = !numbers.Add((klant.Bronorganisatie, klant.Klantnummer))
                || await store.IsTakenAsync(klant.Bronorganisatie, klant.Klantnummer, null, cancellationToken).ConfigureAwait(false);
            results[i] = taken ? CommitResult.KlantnummerTaken : CommitResult.Committed;
        }
        return results;
    }

    private async Task<IReadOnlyList<CommitResult>> CommitAsync(
        Candidate[] added, IBulkLoad bulkLoad, CancellationToken cancellationToken)
    {
        if (added.Length == 0)
        {
            return [];
        }
        await RaiseCountersAsync(added, cancellationToken).ConfigureAwait(false);
        KlantCommit[] all =
        [
            .. added.Select(candidate =>
                commits.Commit(candidate.Id, null, null, candidate.Klant, Actie.Create, auditContext, default)),
        ];
        return await bulkLoad.CommitAsync(all, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Numbers up to the highest klantnummer of generated form may have been given out at the source, to klanten that were removed
    /// there since; none of them is generated here again.
    /// </summary>
    private async Task RaiseCountersAsync(Candidate[] added, CancellationToken cancellationToken)
    {
        foreach (var register in added.GroupBy(candidate => candidate.Klant.Bronorganisatie, StringComparer.Ordinal))
        {
            var highest = register.Max(candidate => GeneratedKlantnummer.Parse(candidate.Klant.Klantnummer) is { } number
                && number <= MaxRaise ? number : 0);
            if (highest > raised.GetValueOrDefault(register.Key))
            {
                raised[register.Key] = highest;
                await store.TakeNumbersAsync(register.Key, 1, highest, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private sealed record Candidate(int Index, KlantId Id, Klant Klant, byte[] Json)
    {
        public bool HasJson(ReadOnlySpan<byte> other) => Json.AsSpan().SequenceEqual(other);
    }
}
