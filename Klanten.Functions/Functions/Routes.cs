using Klanten.Functions.Autorisaties;
using Klanten.Functions.Http;

namespace Klanten.Functions.Functions;

/// <summary>The route table: every operation of the standard, with the scope it asks for.</summary>
internal static class Routes
{
    private const string Klanten = PublicUrls.ApiPath + "/klanten";
    private const string Klant = Klanten + "/{uuid}";
    private const string AuditTrail = Klanten + "/{klant_uuid}/audittrail";
    private const string AuditRegel = AuditTrail + "/{uuid}";

    private const string KlantenMethods = "GET, HEAD, POST";
    private const string KlantMethods = "GET, HEAD, PUT, PATCH, DELETE";
    private const string AuditMethods = "GET, HEAD";

    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Post = [HttpMethods.Post];
    private static readonly string[] Put = [HttpMethods.Put];
    private static readonly string[] Patch = [HttpMethods.Patch];
    private static readonly string[] Delete = [HttpMethods.Delete];

    public static void AddOperations(this IServiceCollection services) => services
        .AddSingleton<KlantList>().AddSingleton<KlantCreate>().AddSingleton<KlantRead>().AddSingleton<KlantUpdate>()
        .AddSingleton<KlantPartialUpdate>().AddSingleton<KlantDelete>().AddSingleton<AuditTrailList>().AddSingleton<AuditTrailRead>();

    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        app.MapMethods(Klanten, Read, (HttpContext http, KlantList operation) => operation.HandleAsync(http))
            .As("klant_list", KlantenMethods, Scopes.KlantenLezen);
        app.MapMethods(Klanten, Post, (HttpContext http, KlantCreate operation) => operation.HandleAsync(http))
            .As("klant_create", KlantenMethods, Scopes.KlantenAanmaken);

        app.MapMethods(Klant, Read, (string uuid, HttpContext http, KlantRead operation) => operation.HandleAsync(uuid, http))
            .As("klant_read", KlantMethods, Scopes.KlantenLezen);
        app.MapMethods(Klant, Put, (string uuid, HttpContext http, KlantUpdate operation) => operation.HandleAsync(uuid, http))
            .As("klant_update", KlantMethods, Scopes.KlantenBijwerken);
        app.MapMethods(Klant, Patch, (string uuid, HttpContext http, KlantPartialUpdate operation) => operation.HandleAsync(uuid, http))
            .As("klant_partial_update", KlantMethods, Scopes.KlantenBijwerken);
        app.MapMethods(Klant, Delete, (string uuid, HttpContext http, KlantDelete operation) => operation.HandleAsync(uuid, http))
            .As("klant_delete", KlantMethods, Scopes.KlantenVerwijderen);

        app.MapMethods(AuditTrail, Read, (string klant_uuid, HttpContext http, AuditTrailList operation) => operation.HandleAsync(klant_uuid, http))
            .As("audittrail_list", AuditMethods, Scopes.AuditTrailsLezen);
        app.MapMethods(AuditRegel, Read, (string klant_uuid, string uuid, HttpContext http, AuditTrailRead operation) => operation.HandleAsync(klant_uuid, uuid, http))
            .As("audittrail_read", AuditMethods, Scopes.AuditTrailsLezen);

        // Routing prefers an endpoint of the right method to these, and these to the last one.
        foreach (var (path, methods) in new[] { (Klanten, KlantenMethods), (Klant, KlantMethods), (AuditTrail, AuditMethods), (AuditRegel, AuditMethods) })
            app.Map(path, () => new ProblemAnswer(Problem.MethodNotAllowed)).WithMetadata(new ApiRoute(methods, null)).ExcludeFromDescription();
        app.MapFallback("{**path}", () => new ProblemAnswer(Problem.NotFound)).ExcludeFromDescription();
    }

    private static void As(this IEndpointConventionBuilder endpoint, string operationId, string methods, string scope) =>
        endpoint.WithName(operationId).WithMetadata(new ApiRoute(methods, scope));
}
