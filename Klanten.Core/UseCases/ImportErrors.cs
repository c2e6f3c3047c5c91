using Klanten.Core.Fields;

namespace Klanten.Core.UseCases;

/// <summary>Why an import leaves a klant out, beside the errors that an answer of the API can have.</summary>
internal static class ImportErrors
{
    /// <summary>The standard has no place for values of the klant.</summary>
    public static FieldError OtherDialect { get; } =
        new(FieldError.NonField, "dialect", "De klant heeft een aanmaakkanaal of is geverifieerd; importeer met --dialect OpenKlant1.");

    /// <summary>The uuid is that of a klant here with other values.</summary>
    public static FieldError ExistsOtherwise { get; } =
        new(FieldError.NonField, "bestaat-anders", "Hier is al een klant met deze uuid en met andere gegevens.");
}
