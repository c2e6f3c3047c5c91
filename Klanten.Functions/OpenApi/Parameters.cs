using System.Text.Json.Nodes;
using Klanten.Core.Model;
using Klanten.Functions.Http;
using Microsoft.OpenApi;

namespace Klanten.Functions.OpenApi;

/// <summary>The parameters of the operations: of the path, of the query and in headers.</summary>
internal static class Parameters
{
    public static OpenApiParameter Path(string name) => new()
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = Texts.Parameter(name),
        Schema = Schemas.Text(format: "uuid"),
    };

    public static IEnumerable<OpenApiParameter> Filters() => FilterFields.All.Select(filter =>
        Query(filter.Parameter, Schemas.Text(format: filter.Rule.Format(), choices: filter.Choices)));

    public static OpenApiParameter Page() => Query(QueryParameters.Page, Schemas.Integer());

    public static OpenApiParameter ContentType() => Header("Content-Type", Schemas.Text(choices: [MediaTypes.Json]), required: true);

    public static IEnumerable<OpenApiParameter> Audit() => [Header("X-NLX-Logrecord-ID", Schemas.Text()), Header("X-Audit-Toelichting", Schemas.Text())];

    public static OpenApiParameter IfNoneMatch()
    {
        var parameter = Header("If-None-Match", Schemas.Text());
        parameter.Examples = new Dictionary<string, IOpenApiExample>
        {
            ["oneValue"] = Example(Texts.OneEtag, "\"79054025255fb1a26e4bc422aef54eb4\""),
            ["multipleValues"] = Example(Texts.MoreEtags, "\"79054025255fb1a26e4bc422aef54eb4\", \"e4d909c290d0fb1ca068ffaddf22cbd0\""),
        };
        return parameter;
    }

    private static OpenApiExample Example(string summary, string value) => new() { Summary = summary, Value = JsonValue.Create(value) };

    private static OpenApiParameter Query(string name, IOpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = Texts.Parameter(name), Schema = schema };

    private static OpenApiParameter Header(string name, IOpenApiSchema schema, bool required = false) =>
        new() { Name = name, In = ParameterLocation.Header, Required = required, Description = Texts.Parameter(name), Schema = schema };
}
