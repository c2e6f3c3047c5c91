using Klanten.Core.Fields;
using Klanten.Core.Model;

namespace Klanten.Core.UseCases;

/// <summary>The outcome of a use case, which the operation turns into an answer.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>The write was made and is durable.</summary>
    /// <param name="Id">The klant.</param>
    /// <param name="Json">The representation without url, as it was written; when the klant was removed, as it was before.</param>
    public sealed record Done(KlantId Id, ReadOnlyMemory<byte> Json) : Outcome;

    /// <summary>The body was refused (400).</summary>
    /// <param name="Errors">At least one error, in the order of the reference.</param>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Outcome;

    /// <summary>The klant does not exist (404).</summary>
    public sealed record NotFound : Outcome;

    /// <summary>The klant has another version than the request is for (412).</summary>
    public sealed record PreconditionFailed : Outcome;

    /// <summary>Other requests changed the klant during every attempt (409).</summary>
    public sealed record Contended : Outcome;

    /// <summary>All klantnummers that can be generated for the bronorganisatie have been used (409).</summary>
    public sealed record KlantnummersExhausted : Outcome;
}
