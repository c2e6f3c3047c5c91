using Klanten.Functions.Http;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Klanten.Functions.Operations;

/// <summary>
/// The pipeline of a request, the same in both hosts: error boundary, routing, CORS, the gate (exact path, Accept, method,
/// token, scope), room for a write, then the operation and its answer.
/// </summary>
internal static class RequestPipeline
{
    /// <summary>In the order in which the header Allow lists them.</summary>
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    public static void AddOperations(this IServiceCollection services)
    {
        foreach (var type in Operation.All.Select(operation => operation.Handler.DeclaringType!).Distinct())
        {
            services.AddSingleton(type);
        }
        services.AddSingleton<UpdateHandler>();
    }

    /// <param name="app">The pipeline of a host.</param>
    /// <param name="run">Wraps the handler of an operation in what the host needs around it.</param>
    public static void UseOperations(this IApplicationBuilder app, Func<Operation, RequestDelegate, RequestDelegate> run)
    {
        app.UseMiddleware<ErrorBoundary>();
        app.UseRouting();
        app.UseAllowedOrigins();
        app.UseMiddleware<RequestGate>();
        app.UseMiddleware<WriteGate>();
        app.UseEndpoints(routes => routes.DataSources.Add(new DefaultEndpointDataSource(
            Endpoints(operation => run(operation, OperationHandler.Create(operation, app.ApplicationServices))))));
    }

    private static IEnumerable<Endpoint> Endpoints(Func<Operation, RequestDelegate> run) =>
        from path in Operation.All.GroupBy(operation => operation.Route)
        from address in Routes.AddressesOf(path.Key)
        from endpoint in Endpoints(address, [.. path], run)
        select endpoint;

    /// <summary>The endpoints of the operations that share an address, one of which is for the methods that none has.</summary>
    private static IEnumerable<Endpoint> Endpoints(
        string address, IReadOnlyList<Operation> operations, Func<Operation, RequestDelegate> run)
    {
        var pattern = RoutePatternFactory.Parse(address);
        var allow = string.Join(", ", Methods.Intersect(operations.SelectMany(operation => operation.Methods)));
        foreach (var operation in operations)
        {
            // The operation that takes every path and method comes after all others.
            var endpoint = new RouteEndpointBuilder(run(operation), pattern, allow.Length == 0 ? int.MaxValue : 0)
            {
                DisplayName = operation.Name,
                Metadata = { new ApiRoute(allow, operation) },
            };
            if (operation.Methods.Count > 0)
            {
                endpoint.Metadata.Add(new HttpMethodMetadata(operation.Methods));
            }
            yield return endpoint.Build();
        }
        // Routing prefers an endpoint of the request's method to this one without methods, which the gate answers with 405.
        if (allow.Length > 0)
        {
            yield return new RouteEndpointBuilder(Unreached, pattern, 0) { Metadata = { new ApiRoute(allow, null) } }.Build();
        }
    }

    private static Task Unreached(HttpContext http) => throw new InvalidOperationException("RequestGate answers this endpoint.");
}
