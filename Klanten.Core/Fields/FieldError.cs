using System.Globalization;

namespace Klanten.Core.Fields;

/// <summary>One entry of <c>invalidParams</c> (schema FieldValidationError): the field, the code and the reason in Dutch.</summary>
/// <remarks>A reason never repeats what the consumer sent, because the values are personal data.</remarks>
/// <param name="Name">The dotted path of the field in camelCase, or <c>nonFieldErrors</c>.</param>
/// <param name="Code">The reference's code for the cause.</param>
/// <param name="Reason">The explanation for people.</param>
public sealed record FieldError(string Name, string Code, string Reason)
{
    /// <summary>The name of errors that concern the object as a whole.</summary>
    public const string NonField = "nonFieldErrors";

    public static FieldError Required(string name) => new(name, "required", "Dit veld is verplicht.");

    public static FieldError Blank(string name) => new(name, "blank", "Dit veld mag niet leeg zijn.");

    public static FieldError Null(string name) => new(name, "null", "Dit veld mag niet null zijn.");

    public static FieldError Invalid(string name, string reason) => new(name, "invalid", reason);

    public static FieldError NotAnObject(string name) => Invalid(name, "Hier wordt een JSON-object verwacht.");

    public static FieldError NotAList(string name) => new(name, "not_a_list", "Hier wordt een lijst verwacht.");

    public static FieldError NotAChoice(string name) =>
        new(name, "invalid_choice", "Deze waarde hoort niet bij de toegestane waarden.");

    public static FieldError NullCharacter(string name) =>
        new(name, "null_characters_not_allowed", "Het teken U+0000 is niet toegestaan.");

    public static FieldError TooLong(string name, int max) =>
        new(name, "max_length", Format($"Dit veld mag hooguit {max} tekens lang zijn."));

    /// <summary>The code is that of a list field of the reference's framework.</summary>
    public static FieldError TooMany(string name, int max) =>
        new(name, "max_length", Format($"Deze lijst mag hooguit {max} waarden hebben."));

    public static FieldError TooLongForNumber(string name, int max) =>
        new(name, "max_string_length", Format($"Een getal als tekst mag hooguit {max} tekens lang zijn."));

    public static FieldError TooLarge(string name, int max) => new(name, "max_value", Format($"Dit getal mag hooguit {max} zijn."));

    public static FieldError TooSmall(string name, int min) => new(name, "min_value", Format($"Dit getal moet minstens {min} zijn."));

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
