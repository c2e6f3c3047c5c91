using Klanten.Core.Fields;
using Klanten.Core.Model;

namespace Klanten.Core.UseCases;

/// <summary>How a use case ended; the operation turns it into an answer.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>Done and durable.</summary>
    /// <param name="Id">The klant.</param>
    /// <param name="Json">The representation without url, as it was written; when the klant was removed, as it was before.</param>
    public sealed record Done(KlantId Id, ReadOnlyMemory<byte> Json) : Outcome;

    /// <summary>Refused for what was sent (400).</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Outcome;

    /// <summary>There is no such klant (404).</summary>
    public sealed record NotFound : Outcome;

    /// <summary>Others kept changing the klant at the same time (409).</summary>
    public sealed record Contended : Outcome;

    /// <summary>All klantnummers that can be generated for the bronorganisatie are given out (409).</summary>
    public sealed record KlantnummersExhausted : Outcome;
}
