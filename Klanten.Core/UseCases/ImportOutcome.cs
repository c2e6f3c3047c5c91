using System.Text.Json;
using Klanten.Core.Fields;
using Klanten.Core.Model;

namespace Klanten.Core.UseCases;

/// <summary>A klant of another register.</summary>
/// <param name="Id">Its uuid, which it keeps.</param>
/// <param name="Json">Its representation there, of any JSON type.</param>
public sealed record ImportedKlant(KlantId Id, JsonElement Json);

/// <summary>What became of one klant of an import.</summary>
public abstract record ImportOutcome
{
    private ImportOutcome() { }

    /// <summary>The klant is added, or would be in a rehearsal.</summary>
    public sealed record Added : ImportOutcome;

    /// <summary>The store has the klant already, with the same values.</summary>
    public sealed record Present : ImportOutcome;

    /// <summary>The klant is not taken over, and the store has not changed.</summary>
    /// <param name="Errors">At least one error.</param>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : ImportOutcome;
}
