using Klanten.Core.Model;
using Klanten.Core.Validation;
using Microsoft.OpenApi;

namespace Klanten.Functions.OpenApi;

/// <summary>The schemas of a klant and its groups, read off the tables that validate them.</summary>
internal static class KlantSchemas
{
    public const string Klant = "Klant";

    private const string Adres = "KlantAdres";
    private const string Verblijfsadres = "VerblijfsAdres";
    private const string SubVerblijfBuitenland = "SubVerblijfBuitenland";
    private const string SubjectIdentificatie = "subjectIdentificatie";

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        (Adres, OfAdres()),
        (Klant, OfKlant()),
        (Verblijfsadres, Of(KlantSchema.Verblijfsadres)),
        (SubVerblijfBuitenland, Of(KlantSchema.SubVerblijfBuitenland)),
        .. Kind(SubjectType.NatuurlijkPersoon, KlantSchema.NatuurlijkPersoon),
        .. Kind(SubjectType.NietNatuurlijkPersoon, KlantSchema.NietNatuurlijkPersoon),
        .. Kind(SubjectType.Vestiging, KlantSchema.Vestiging),
    ];

    /// <summary>A page of klant_list.</summary>
    public static OpenApiSchema Page() => Schemas.Object(
        required: ["count", "results"],
        ("count", Schemas.Integer()),
        ("next", Schemas.Text(format: "uri", nullable: true)),
        ("previous", Schemas.Text(format: "uri", nullable: true)),
        ("results", Schemas.List(Schemas.Ref(Klant))));

    private static OpenApiSchema OfAdres()
    {
        var schema = Of(KlantSchema.Adres);
        schema.Type |= JsonSchemaType.Null;
        schema.Description = Texts.Adres;
        return schema;
    }

    private static OpenApiSchema OfKlant()
    {
        var url = Schemas.Text(min: 1, max: 1000, format: "uri");
        url.ReadOnly = true;
        var schema = Schemas.Object(AlwaysThere(KlantSchema.Basis), [("url", url), .. Fields(KlantSchema.Basis)]);
        schema.Discriminator = new() { PropertyName = "subjectType" };
        return schema;
    }

    /// <summary>A kind of klant: what every klant has, and the subjectIdentificatie of its subjectType.</summary>
    private static IEnumerable<(string, OpenApiSchema)> Kind<T>(string subjectType, FieldGroup<T> identificatie) where T : SubjectIdentificatie, new()
    {
        var (shape, wrapper) = (typeof(T).Name, $"subject_identificatie_{typeof(T).Name}");
        return
        [
            (shape, Of(identificatie)),
            (wrapper, Schemas.Object(required: [], (SubjectIdentificatie, Schemas.Ref(shape)))),
            (subjectType, new() { Type = JsonSchemaType.Object, AllOf = [Schemas.Ref(Klant), Schemas.Ref(wrapper)] }),
        ];
    }

    private static OpenApiSchema Of<T>(FieldGroup<T> group) where T : class, new() => Schemas.Object(AlwaysThere(group), Fields(group));

    /// <summary>
    /// The fields that a klant has at any time. The schema is that of requests and answers alike; a klantnummer that
    /// was left out of the request is given out.
    /// </summary>
    private static IEnumerable<string> AlwaysThere<T>(FieldGroup<T> group) where T : class, new() =>
        group.Fields.Where(field => field is TextField<T> { AllowBlank: false }).Select(field => field.Name);

    private static IEnumerable<(string, IOpenApiSchema)> Fields<T>(FieldGroup<T> group) where T : class, new() =>
        group.Fields.Select(field => (field.Name, Of(field)));

    private static IOpenApiSchema Of<T>(Field<T> field) => field switch
    {
        TextField<T> text => Schemas.Text(text.AllowBlank ? null : 1, text.Max, text.Rule.Format() ?? text.Form.Format(), text.Rule.Pattern()),
        ChoiceField<T> choice => Schemas.Text(choices: choice.Choices, nullable: choice.AllowNull),
        IntegerField<T> number => Schemas.Integer(number.Min, number.Max, nullable: true),
        TextListField<T> list => Schemas.List(Schemas.Text(max: list.MaxPerItem)),
        GroupField<T, Adres> => Schemas.Ref(Adres),
        GroupField<T, Verblijfsadres> => Schemas.Ref(Verblijfsadres),
        GroupField<T, SubVerblijfBuitenland> => Schemas.Ref(SubVerblijfBuitenland),
        _ => throw new NotSupportedException($"No schema for {field.Name}, a {field.GetType()}."),
    };
}
