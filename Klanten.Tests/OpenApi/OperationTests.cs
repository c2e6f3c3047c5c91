using Klanten.Functions.Operations;

namespace Klanten.Tests.OpenApi;

/// <summary>openapi.yaml against the attributes of the functions, in both directions.</summary>
public sealed class OperationTests
{
    private const string Api = "api/v1/";

    private static readonly Type[] OfTheDocument = [typeof(OpenApiDocuments), typeof(ApiReference)];

    /// <summary>The functions below the server of the document, but for those that serve the document itself.</summary>
    private static readonly Operation[] Functions =
    [
        .. Operation.All.Where(function => function.Route.StartsWith(Api, StringComparison.Ordinal)
            && !OfTheDocument.Contains(function.Handler.DeclaringType)),
    ];

    [Fact]
    public void The_file_has_the_operations_of_the_program()
    {
        var operations = Functions.Select(function => new ApiOperation(
            function.Name,
            string.Join(", ", function.Methods.Except(["HEAD"])),
            function.Route[(Api.Length - 1)..],
            function.Scope ?? "nothing"));

        Findings.AssertNone(OperationDifferences.Between(operations, Tree.OpenApiFile()));
    }

    [Fact]
    public void A_function_that_takes_GET_takes_HEAD() =>
        Findings.AssertNone(
            from function in Operation.All
            where function.Methods.Contains("GET") && !function.Methods.Contains("HEAD")
            select $"{function.Name} takes GET and must take HEAD as well.");

    [Fact]
    public void Each_difference_is_a_sentence()
    {
        var document = Tree.OfYaml("""
            paths:
              /klanten:
                get: { operationId: klant_list, security: [{ JWT-Claims: [klanten.lezen] }] }
                post: { operationId: klant_create, security: [{ JWT-Claims: [klanten.aanmaken] }] }
              /klanten/{klant_uuid}:
                parameters: []
                patch: { operationId: klant_update, security: [{ JWT-Claims: [klanten.bijwerken] }] }
                delete: { operationId: klant_delete, security: [{ JWT-Claims: [klanten.verwijderen] }] }
            """);

        Assert.Equal(
            [
                "The program has the operation klant_read (GET /klanten/{klant_uuid}) and openapi.yaml has not.",
                "klant_list needs the scope klanten.vinden in the program and klanten.lezen in openapi.yaml.",
                "openapi.yaml has the operation klant_create (POST /klanten) and the program has not.",
                "klant_update has the method PUT in the program and PATCH in openapi.yaml.",
                "klant_delete has the path /klanten/{klant_uuid}/alles in the program and /klanten/{klant_uuid} in openapi.yaml.",
            ],
            OperationDifferences.Between(
                [
                    new("klant_list", "GET", "/klanten", "klanten.vinden"),
                    new("klant_read", "GET", "/klanten/{klant_uuid}", "klanten.lezen"),
                    new("klant_update", "PUT", "/klanten/{klant_uuid}", "klanten.bijwerken"),
                    new("klant_delete", "DELETE", "/klanten/{klant_uuid}/alles", "klanten.verwijderen"),
                ],
                document));
    }
}
