using System.Text.Json;
using Klanten.Core.Fields;

namespace Klanten.Core.Model;

/// <summary>
/// How an application speaks about klanten: by the standard, or as Open Klant 1.x did (ADR 31). What one application adds in its
/// dialect is kept when another, which does not see it, changes the klant.
/// </summary>
public sealed record Dialect
{
    private Dialect() { }

    public static Dialect Standard { get; } = new();

    /// <summary>The fields that a consumer may send beside subjectIdentificatie.</summary>
    public FieldGroup<Klant> Fields { get; private init; } = KlantFields.Base;

    /// <summary>The shape of subjectIdentificatie for a subjectType; null when the type is null or empty.</summary>
    public Func<string?, IIdentificatieFields?> IdentificatieFor { get; private init; } = KlantFields.IdentificatieFor;

    /// <summary>The filters of klant_list.</summary>
    public IReadOnlyList<FilterField> Filters { get; private init; } = FilterFields.All;

    /// <summary>Whether the application is shown <see cref="OpenKlantFields.Added"/>, and may leave out what a new klant needs.</summary>
    public bool IsOpenKlant { get; private init; }

    /// <summary>The bronorganisatie of a new klant whose body names none; <c>""</c> when it must name one.</summary>
    public string Bronorganisatie { get; private init; } = "";

    /// <summary>The dialect of Open Klant 1.x.</summary>
    /// <param name="bronorganisatie">The bronorganisatie of a new klant whose body names none; <c>""</c> when it must name one.</param>
    public static Dialect OpenKlant(string bronorganisatie) => new()
    {
        Fields = OpenKlantFields.Base,
        IdentificatieFor = OpenKlantFields.IdentificatieFor,
        Filters = [.. FilterFields.All, .. FilterFields.Geboortedatum],
        IsOpenKlant = true,
        Bronorganisatie = bronorganisatie,
    };

    /// <summary>The subjectType whose identification has the keys that were sent; null when that is not one type only.</summary>
    /// <param name="identificatie">A value of any JSON type.</param>
    public static string? InferSubjectType(JsonElement identificatie)
    {
        if (identificatie.ValueKind != JsonValueKind.Object) return null;
        string? found = null;
        foreach (var (type, keys) in OwnKeys)
        {
            if (!keys.Any(key => identificatie.TryGetProperty(key, out _))) continue;
            if (found is not null) return null;
            found = type;
        }
        return found;
    }

    /// <summary>The keys of each shape that the other shapes do not have.</summary>
    private static (string Type, string[] Keys)[] OwnKeys { get; } = KeysOf(
        (SubjectType.NatuurlijkPersoon, Names(KlantFields.NatuurlijkPersoon)),
        (SubjectType.NietNatuurlijkPersoon, Names(KlantFields.NietNatuurlijkPersoon)),
        (SubjectType.Vestiging, Names(KlantFields.Vestiging)));

    private static (string Type, string[] Keys)[] KeysOf(params (string Type, string[] Keys)[] shapes) =>
    [
        .. shapes.Select(shape => (
            shape.Type,
            shape.Keys.Except(shapes.Where(other => other.Type != shape.Type).SelectMany(other => other.Keys)).ToArray())),
    ];

    private static string[] Names<T>(FieldGroup<T> group) where T : class, new() => [.. group.Fields.Select(field => field.Name)];
}
