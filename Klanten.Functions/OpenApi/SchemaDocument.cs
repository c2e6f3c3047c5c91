using System.Collections.Concurrent;
using Klanten.Functions.Http;
using Microsoft.AspNetCore.OpenApi;

namespace Klanten.Functions.OpenApi;

/// <summary>Answers with the document. It is made when it is first asked for, not at the start of the program.</summary>
internal sealed class SchemaDocument([FromKeyedServices(SchemaDocument.Name)] IOpenApiDocumentProvider provider)
{
    public const string Name = "klanten";

    private readonly ConcurrentDictionary<SchemaFormat, SchemaText> texts = new();

    public async Task<IResult> AnswerAsync(SchemaFormat format, HttpContext http)
    {
        if (!texts.TryGetValue(format, out var text))
            texts[format] = text = SchemaText.Of(await provider.GetOpenApiDocumentAsync(http.RequestAborted), format);
        http.Response.Headers["X-OAS-Version"] = SchemaText.OpenApiVersion;
        return Results.Bytes(text.For(PublicUrls.Of(http).Root + PublicUrls.ApiPath), format.ContentType);
    }
}
