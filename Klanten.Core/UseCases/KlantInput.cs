using System.Text.Json;
using Klanten.Core.Fields;
using Klanten.Core.Model;

namespace Klanten.Core.UseCases;

/// <summary>Merges a body into a klant and checks it, with the errors in the order of the reference.</summary>
internal static class KlantInput
{
    public const string Identificatie = "subjectIdentificatie";

    /// <summary>
    /// Merges the base fields and, only when these have no errors, subjectIdentificatie. The checks that come last in the
    /// reference (unique, then invalid-subject) need the store and are left to the use case.
    /// </summary>
    /// <param name="current">The klant as it is, or null when it is new.</param>
    /// <param name="body">The body, of any JSON type.</param>
    /// <param name="dialect">How the consumer speaks.</param>
    /// <param name="partial">Whether required fields may be absent.</param>
    /// <param name="subjectReachable">Whether the URL from <see cref="ReadSubject"/> was reachable; true when there is none.</param>
    /// <param name="errors">Receives every error.</param>
    /// <returns>The merged klant; without meaning when there are errors.</returns>
    public static Klant Merge(
        Klant? current, JsonElement body, Dialect dialect, bool partial, bool subjectReachable, List<FieldError> errors)
    {
        var klant = dialect.Fields.Merge(current, body, "", errors, partial) ?? new();
        if (current is null && dialect.IsOpenKlant)
        {
            klant = Complete(klant, body, dialect, errors);
        }
        if (!subjectReachable)
        {
            InsertSubjectError(KlantErrors.SubjectUnreachable, errors);
        }
        else if (errors.Count > 0 && ReadSubject(body) is not null)
        {
            // What could be fetched is a URL, although the reference has no URLs whose host is a name without a dot.
            errors.RemoveAll(error => error is { Name: "subject", Code: "invalid" });
        }
        if (current is not null && ChangesType(current.SubjectType, klant.SubjectType))
        {
            errors.Add(KlantErrors.SubjectTypeFixed);
        }
        if (errors.Count > 0)
        {
            return klant;
        }

        if (dialect.IdentificatieFor(klant.SubjectType) is not { } fields)
        {
            return klant with { SubjectIdentificatie = null };
        }
        if (!body.TryGetProperty(Identificatie, out var given))
        {
            return klant;
        }
        if (given.ValueKind == JsonValueKind.Null)
        {
            // A klant that has a subject only is shown with null, and a consumer may send back what it was shown.
            if (current is null || klant.SubjectIdentificatie is not null)
            {
                errors.Add(FieldError.Null(Identificatie));
            }
            return klant;
        }
        return klant with { SubjectIdentificatie = fields.Merge(klant.SubjectIdentificatie, given, Identificatie, errors) };
    }

    /// <summary>Fills in what clients of Open Klant 1.x and the e-Suite leave out of a new klant.</summary>
    private static Klant Complete(Klant klant, JsonElement body, Dialect dialect, List<FieldError> errors)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return klant;
        }
        if (dialect.Bronorganisatie.Length > 0 && errors.RemoveAll(e => e is { Name: "bronorganisatie", Code: "required" }) > 0)
        {
            klant = klant with { Bronorganisatie = dialect.Bronorganisatie };
        }
        if (!body.TryGetProperty("subjectType", out _) && body.TryGetProperty(Identificatie, out var identificatie))
        {
            klant = klant with { SubjectType = Dialect.InferSubjectType(identificatie) };
        }
        return klant;
    }

    /// <summary>Reads the subject to fetch (kla-002) from the body, trimmed; null when the body has none.</summary>
    public static string? ReadSubject(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("subject", out var subject))
        {
            return null;
        }
        // Errors of the value are found again, and reported, by Merge.
        var text = JsonText.Read(subject, "subject", allowBlank: true, []);
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>
    /// Whether the klant has neither a subject nor an identification. A change is allowed when the klant had one before:
    /// in this way a consumer can take the subject away, as in the reference.
    /// </summary>
    public static bool LacksSubject(Klant klant, Klant? current) => Lacks(klant) && (current is null || Lacks(current));

    /// <summary>Null after <c>""</c> is no change, as in the reference: neither is a type.</summary>
    private static bool ChangesType(string? from, string? to) => to is null ? !string.IsNullOrEmpty(from) : to != from;

    private static bool Lacks(Klant klant) => klant.Subject.Length == 0 && klant.SubjectIdentificatie is null;

    /// <summary>The reference reports this error before the other errors of subject and subjectType.</summary>
    private static void InsertSubjectError(FieldError subjectError, List<FieldError> errors)
    {
        var next = errors.FindIndex(e => e.Name is "subject" or "subjectType");
        errors.Insert(next < 0 ? errors.Count : next, subjectError);
    }
}
