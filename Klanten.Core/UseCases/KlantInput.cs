using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Fields;

namespace Klanten.Core.UseCases;

/// <summary>What a consumer sent, merged into what is there and checked in the order of the reference.</summary>
internal static class KlantInput
{
    private const string Identificatie = "subjectIdentificatie";

    /// <summary>
    /// First the base fields; only when these are in order, subjectIdentificatie. What comes after (unique, then
    /// invalid-subject) needs the store.
    /// </summary>
    /// <param name="current">The klant as it is, or null when it is created.</param>
    /// <param name="body">The body, of any JSON type.</param>
    /// <param name="partial">Whether required fields may be absent.</param>
    /// <param name="subjectReachable">What <see cref="SubjectOf"/> led to.</param>
    /// <param name="errors">Receives every error.</param>
    public static Klant Merge(Klant? current, JsonElement body, bool partial, bool subjectReachable, List<FieldError> errors)
    {
        var klant = KlantFields.Basis.Merge(current, body, "", errors, partial) ?? new();
        if (!subjectReachable) AddInOrder(FieldError.SubjectUnreachable(), errors);
        if (current is not null && klant.SubjectType is not null && klant.SubjectType != current.SubjectType)
            errors.Add(FieldError.SubjectTypeFixed());
        if (errors.Count > 0) return klant;

        if (KlantFields.Identificatie(klant.SubjectType) is not { } fields) return klant with { SubjectIdentificatie = null };
        if (!body.TryGetProperty(Identificatie, out var given)) return klant;
        if (given.ValueKind == JsonValueKind.Null)
        {
            errors.Add(FieldError.Null(Identificatie));
            return klant;
        }
        return klant with { SubjectIdentificatie = fields.Merge(klant.SubjectIdentificatie, given, Identificatie, errors) };
    }

    /// <summary>The subject to fetch (kla-002): what was sent, trimmed; null when there is nothing to fetch.</summary>
    public static string? SubjectOf(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("subject", out var subject)
        && Text.Read(subject, "subject", allowBlank: true, []) is { Length: > 0 } text
            ? text
            : null;

    /// <summary>
    /// Whether the klant has neither a subject nor an identification. On an update it is enough that it had one: that is
    /// how the reference lets a consumer take the subject away.
    /// </summary>
    public static bool LacksSubject(Klant klant, Klant? current) => Lacks(klant) && (current is null || Lacks(current));

    private static bool Lacks(Klant klant) => klant.Subject.Length == 0 && klant.SubjectIdentificatie is null;

    private static void AddInOrder(FieldError subjectError, List<FieldError> errors)
    {
        var next = errors.FindIndex(e => e.Name is "subject" or "subjectType");
        errors.Insert(next < 0 ? errors.Count : next, subjectError);
    }
}
