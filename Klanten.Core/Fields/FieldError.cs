using System.Globalization;

namespace Klanten.Core.Fields;

/// <summary>One entry of <c>invalidParams</c> (schema FieldValidationError): which field, the code, the reason in Dutch.</summary>
/// <remarks>A reason never repeats what the consumer sent: the values are personal data.</remarks>
/// <param name="Name">Dotted camelCase path of the field, or <c>nonFieldErrors</c>.</param>
/// <param name="Code">The reference's code for the cause.</param>
/// <param name="Reason">Explanation for people.</param>
public sealed record FieldError(string Name, string Code, string Reason)
{
    public const string NonField = "nonFieldErrors";

    public static FieldError Required(string name) => new(name, "required", "Dit veld is verplicht.");
    public static FieldError Blank(string name) => new(name, "blank", "Dit veld mag niet leeg zijn.");
    public static FieldError Null(string name) => new(name, "null", "Dit veld mag niet null zijn.");
    public static FieldError Invalid(string name, string reason) => new(name, "invalid", reason);
    public static FieldError NotAnObject(string name) => Invalid(name, "Hier wordt een JSON-object verwacht.");
    public static FieldError NotAList(string name) => new(name, "not_a_list", "Hier wordt een lijst verwacht.");
    public static FieldError NotAChoice(string name) => new(name, "invalid_choice", "Deze waarde hoort niet bij de toegestane waarden.");
    public static FieldError NullCharacter(string name) => new(name, "null_characters_not_allowed", "Het teken U+0000 is niet toegestaan.");
    public static FieldError TooLong(string name, int max) => new(name, "max_length", Text($"Dit veld mag hooguit {max} tekens lang zijn."));
    public static FieldError TooLongForNumber(string name, int max) => new(name, "max_string_length", Text($"Een getal als tekst mag hooguit {max} tekens lang zijn."));
    public static FieldError TooLarge(string name, int max) => new(name, "max_value", Text($"Dit getal mag hooguit {max} zijn."));
    public static FieldError TooSmall(string name, int min) => new(name, "min_value", Text($"Dit getal moet minstens {min} zijn."));

    /// <summary>kla-002: the subject did not answer with HTTP 200.</summary>
    public static FieldError SubjectUnreachable() => new("subject", "bad-url", "Deze URL is niet opgehaald met status 200.");

    public static FieldError SubjectTypeFixed() => new("subjectType", "wijzigen-niet-toegelaten", "Het type van een bestaande klant kan niet worden gewijzigd.");

    /// <summary>kla-001: another klant of the same bronorganisatie has this klantnummer.</summary>
    public static FieldError NotUnique() => new(NonField, "unique", "Binnen deze bronorganisatie bestaat al een klant met dit klantnummer.");

    public static FieldError SubjectMissing() => new(NonField, "invalid-subject", "Geef een subject op, of een subjectIdentificatie met minstens één gegeven.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
