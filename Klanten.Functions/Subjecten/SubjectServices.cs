using Klanten.Core.UseCases;
using Klanten.Functions.Telemetry;
using Microsoft.Extensions.Options;
using Polly;

namespace Klanten.Functions.Subjecten;

internal static class SubjectServices
{
    public static void AddSubjecten(this IServiceCollection services)
    {
        services.AddOptions<SubjectOptions>().BindConfiguration("Klanten:Subject").ValidateDataAnnotations().ValidateOnStart();
        // From the outside in: one timeout over all, redirects, the credential of each host, the guarded socket.
        var client = services.AddHttpClient(nameof(SubjectLookup), http => http.Timeout = Timeout.InfiniteTimeSpan);
        client.AddResilienceHandler(nameof(SubjectLookup), (pipeline, context) => pipeline.AddTimeout(Options(context.ServiceProvider).Timeout));
        client.AddHttpMessageHandler(() => new RedirectHandler())
            .AddHttpMessageHandler(provider => new CredentialHandler(Options(provider), provider.GetRequiredService<TimeProvider>()))
            .ConfigurePrimaryHttpMessageHandler(provider => GuardedSockets.CreateHandler(Options(provider)))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // The factory's loggers write whole URLs, and a subject's URL may hold a BSN.
            .RemoveAllLoggers();
        services.AddSingleton<ISubjectLookup>(provider => new SubjectLookup(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(SubjectLookup)), provider.GetRequiredService<KlantenMetrics>()));
    }

    private static SubjectOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<SubjectOptions>>().Value;
}
