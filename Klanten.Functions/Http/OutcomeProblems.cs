using System.Diagnostics;
using Klanten.Core.UseCases;

namespace Klanten.Functions.Http;

/// <summary>The problem for a use case that was refused.</summary>
internal static class OutcomeProblems
{
    public static Problem ToProblem(this Outcome outcome) => outcome switch
    {
        Outcome.Invalid { Errors: var errors } => Problem.Invalid(errors),
        Outcome.NotFound => Problem.NotFound,
        Outcome.PreconditionFailed => Problem.PreconditionFailed,
        Outcome.Contended => Problem.Contended,
        Outcome.KlantnummersExhausted => Problem.KlantnummersExhausted,
        _ => throw new UnreachableException(),
    };
}
