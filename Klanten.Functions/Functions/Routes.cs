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

    /// <summary>The Functions host tries functions by name and takes the first that fits: this one must sort last.</summary>
    private const string Rest = "zz_rest";

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
        // Not as a parameter of the handlers: that would open a scope of services for every request, and there is nothing in it.
        T Of<T>() where T : notnull => app.ServiceProvider.GetRequiredService<T>();

        app.MapMethods(Klanten, Read, (Delegate)((HttpContext http) => Of<KlantList>().HandleAsync(http)))
            .As("klant_list", KlantenMethods, Scopes.KlantenLezen);
        app.MapMethods(Klanten, Post, (Delegate)((HttpContext http) => Of<KlantCreate>().HandleAsync(http)))
            .As("klant_create", KlantenMethods, Scopes.KlantenAanmaken);

        app.MapMethods(Klant, Read, (string uuid, HttpContext http) => Of<KlantRead>().HandleAsync(uuid, http))
            .As("klant_read", KlantMethods, Scopes.KlantenLezen);
        app.MapMethods(Klant, Put, (string uuid, HttpContext http) => Of<KlantUpdate>().HandleAsync(uuid, http))
            .As("klant_update", KlantMethods, Scopes.KlantenBijwerken);
        app.MapMethods(Klant, Patch, (string uuid, HttpContext http) => Of<KlantPartialUpdate>().HandleAsync(uuid, http))
            .As("klant_partial_update", KlantMethods, Scopes.KlantenBijwerken);
        app.MapMethods(Klant, Delete, (string uuid, HttpContext http) => Of<KlantDelete>().HandleAsync(uuid, http))
            .As("klant_delete", KlantMethods, Scopes.KlantenVerwijderen);

        app.MapMethods(AuditTrail, Read, (string klant_uuid, HttpContext http) => Of<AuditTrailList>().HandleAsync(klant_uuid, http))
            .As("audittrail_list", AuditMethods, Scopes.AuditTrailsLezen);
        app.MapMethods(AuditRegel, Read, (string klant_uuid, string uuid, HttpContext http) => Of<AuditTrailRead>().HandleAsync(klant_uuid, uuid, http))
            .As("audittrail_read", AuditMethods, Scopes.AuditTrailsLezen);

        // Routing prefers an endpoint of the right method to these, and these to the last one.
        foreach (var (path, methods) in new[] { (Klanten, KlantenMethods), (Klant, KlantMethods), (AuditTrail, AuditMethods), (AuditRegel, AuditMethods) })
            app.Map(path, () => new ProblemAnswer(Problem.MethodNotAllowed)).WithMetadata(new ApiRoute(methods, null)).ExcludeFromDescription();
        app.Map("{**path}", () => new ProblemAnswer(Problem.NotFound)).WithName(Rest).WithOrder(int.MaxValue).ExcludeFromDescription();
    }

    private static void As(this IEndpointConventionBuilder endpoint, string operationId, string methods, string scope) =>
        endpoint.WithName(operationId).WithMetadata(new ApiRoute(methods, scope));
}
