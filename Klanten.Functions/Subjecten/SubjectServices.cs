using Klanten.Core.Ports;
using Klanten.Functions.ExternalApis;
using Klanten.Functions.Settings;
using Klanten.Functions.Telemetry;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Subjecten;

internal static class SubjectServices
{
    public static void AddSubjecten(this IServiceCollection services)
    {
        services.AddSettings<SubjectOptions>("Klanten:Subject", (section, options) => section.Bind(options));
        services.AddExternalApiStates();
        ExternalApiHealth.AddTo<SubjectOptions>(services, SubjectHosts.Tag, options => options.ToegestaneHosts.Count > 0);
        // From the outside in: the client's timeout (redirects included), redirects, the token of each host, the guarded socket.
        services.AddUnloggedHttpClient(nameof(SubjectLookup), (provider, client) => client.Timeout = Options(provider).Timeout)
            .AddHttpMessageHandler(() => new RedirectHandler())
            .AddHttpMessageHandler(provider => new CredentialHandler(Options(provider), provider.GetRequiredService<TimeProvider>()))
            .ConfigurePrimaryHttpMessageHandler(
                provider => GuardedSockets.CreateHandler(Options(provider), provider.GetRequiredService<LookUpHost>()));
        services.AddSingleton<SubjectHosts>();
        services.AddSingleton<ISubjectLookup>(CreateLookup);
    }

    private static SubjectLookup CreateLookup(IServiceProvider provider)
    {
        var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(SubjectLookup));
        return new(client, provider.GetRequiredService<SubjectHosts>(), provider.GetRequiredService<KlantenMetrics>());
    }

    private static SubjectOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<SubjectOptions>>().Value;
}
