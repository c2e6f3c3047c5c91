using Klanten.Core.UseCases;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Hosts;
using Klanten.Functions.Http;
using Klanten.Functions.Migration;
using Klanten.Functions.Notificaties;
using Klanten.Functions.OpenApi;
using Klanten.Functions.Operations;
using Klanten.Functions.Pages;
using Klanten.Functions.Settings;
using Klanten.Functions.Storage;
using Klanten.Functions.Subjecten;
using Klanten.Functions.Telemetry;

namespace Klanten.Functions;

/// <summary>The composition root: all services of the program, for both hosts, the tests, the benchmarks and the tools.</summary>
internal static class KlantenServices
{
    /// <exception cref="InvalidSettingsException">A library could not read its settings, or a file of settings is none.</exception>
    public static void AddKlanten(this IHostApplicationBuilder builder)
    {
        SettingsFiles.Judge(builder.Environment);
        LibrarySettings.Judge(builder.Configuration);
        builder.AddRedactedLogging();
        builder.AddTelemetry();
        // Each probe of a degraded program would log a line; what fails logs the change of its state itself.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.AddDemo();
        builder.AddAllowedOrigins();

        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSettings<PublicUrlOptions>("Klanten", (section, options) => section.Bind(options));
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<ISettingsRemarks, PublicUrlRemarks>();
        services.AddSettings<ProxyOptions>("Klanten", (section, options) => section.Bind(options));
        ListParameters.AddTo(services);
        services.AddLimits();
        services.AddSettings<ImportOptions>("Klanten:Importeren", (section, options) => section.Bind(options));
        services.AddRouting();
        StoreHealth.AddTo(services);
        services.AddStorage();
        services.AddAutorisaties();
        services.AddSubjecten();
        builder.AddNotificaties();
        services.AddSingleton<KlantTurns>().AddSingleton<RegisterKlant>().AddSingleton<ChangeKlant>().AddSingleton<RemoveKlant>();
        services.AddOperations();
        services.AddSingleton<OpenApiDocument>();
        services.AddPages();
    }
}
