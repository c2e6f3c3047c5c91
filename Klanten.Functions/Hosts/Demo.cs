using Klanten.Functions.Autorisaties;
using Klanten.Functions.Commands;
using Klanten.Functions.Http;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Hosts;

/// <summary>Section <c>Klanten:Demo</c>, which only appsettings.Development.json has; that file is not published.</summary>
public sealed class DemoOptions
{
    public string? ClientId { get; set; }
    public string? Secret { get; set; }
}

/// <summary>An application to try the API with on a developer's machine, and what to try.</summary>
internal static class Demo
{
    public static void AddDemo(this IHostApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment()) return;
        var demo = builder.Configuration.GetSection("Klanten:Demo").Get<DemoOptions>();
        if (demo is not { ClientId: { } clientId, Secret: { } secret }) return;
        builder.Services.PostConfigure<ApplicationsOptions>(options => options.Applicaties.Add(new()
        {
            ClientIds = { clientId },
            Secret = secret,
            Uuid = "00000000-0000-4000-8000-000000000001",
            Label = "Demo",
            HeeftAlleAutorisaties = true,
        }));
        builder.Services.AddSingleton(demo);
    }

    /// <summary>Prints the address, a token and two curl lines once the program listens; without a demo it prints nothing.</summary>
    public static void AnnounceDemo(this WebApplication app)
    {
        if (app.Services.GetService<DemoOptions>() is not { } demo) return;
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var root = app.Services.GetRequiredService<IOptions<PublicUrlOptions>>().Value.PubliekeUrl ?? app.Urls.FirstOrDefault();
            var token = TokenCommand.Token(demo.ClientId!, demo.Secret!, app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
            Console.WriteLine($$$"""

                Klanten API: {{{root}}}{{{PublicUrls.ApiPath}}}
                OpenAPI:     {{{root}}}{{{PublicUrls.ApiPath}}}/schema/openapi.yaml

                Een token voor de applicatie '{{{demo.ClientId}}}' (alleen op deze ontwikkelmachine):

                  export TOKEN={{{token}}}

                Maak een klant, en lees de klanten:

                  curl -s {{{root}}}{{{PublicUrls.ApiPath}}}/klanten -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -d '{"bronorganisatie": "999990639", "websiteUrl": "https://example.com", "achternaam": "Jansen", "subjectType": "natuurlijk_persoon", "subjectIdentificatie": {"inpBsn": "999993653"}}'
                  curl -s {{{root}}}{{{PublicUrls.ApiPath}}}/klanten?bronorganisatie=999990639 -H "Authorization: Bearer $TOKEN"

                """);
        });
    }
}
