using Klanten.Core.Fields;

namespace Klanten.Core.UseCases;

/// <summary>The errors of a klant as a whole; those of one value are made by <see cref="FieldError"/>.</summary>
internal static class KlantErrors
{
    /// <summary>kla-002: a GET of the subject did not end in HTTP 200.</summary>
    public static FieldError SubjectUnreachable { get; } = new("subject", "bad-url", "Deze URL is niet opgehaald met status 200.");

    public static FieldError SubjectTypeFixed { get; } =
        new("subjectType", "wijzigen-niet-toegelaten", "Het type van een bestaande klant kan niet worden gewijzigd.");

    /// <summary>kla-001: another klant of the same bronorganisatie has this klantnummer.</summary>
    public static FieldError KlantnummerNotUnique { get; } =
        new(FieldError.NonField, "unique", "Binnen deze bronorganisatie bestaat al een klant met dit klantnummer.");

    /// <summary>The klant has neither a subject nor a subjectIdentificatie.</summary>
    public static FieldError SubjectMissing { get; } =
        new(FieldError.NonField, "invalid-subject", "Geef een subject op, of een subjectIdentificatie met minstens één gegeven.");
}
