using Klanten.Core.Ports;

namespace Klanten.Functions.Http;

/// <summary>The problem for a store that cannot do what was asked.</summary>
internal static class StoreProblems
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private static readonly Problem Unavailable = new(
        503,
        "ServiceUnavailable",
        "opslag-niet-beschikbaar",
        "Opslag niet beschikbaar.",
        "De opslag antwoordt nu niet en er is niets gewijzigd. Probeer het later opnieuw; zie de header Retry-After.")
    {
        RetryAfter = RetryAfter,
    };

    private static readonly Problem Unknown = Unavailable with
    {
        Detail = "De opslag antwoordt nu niet. Of een wijziging is gemaakt, is niet bekend. Probeer het later opnieuw; zie de header "
            + "Retry-After.",
    };

    private static readonly Problem Full = new(
        507,
        "InsufficientStorage",
        "opslag-vol",
        "Opslag vol.",
        "Er is geen ruimte meer om gegevens vast te leggen. Lezen en verwijderen kan wel.")
    {
        RetryAfter = RetryAfter,
    };

    private static readonly Problem Damaged = new(
        503, "ServiceUnavailable", "opslag-beschadigd", "Opslag beschadigd.", "De beheerder moet de opslag eerst herstellen.");

    public static Problem ToProblem(this StoreFault fault) => fault switch
    {
        StoreFault.Full => Full,
        StoreFault.Damaged => Damaged,
        StoreFault.Unknown => Unknown,
        StoreFault.Unexpected => Problem.Unexpected,
        _ => Unavailable,
    };
}
