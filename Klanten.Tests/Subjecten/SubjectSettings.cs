using System.Net;
using Klanten.Core.Ports;
using Klanten.Functions.ExternalApis;
using Klanten.Functions.Subjecten;
using Klanten.Functions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.Subjecten;

/// <summary>The subject's client as the program makes it, without the program.</summary>
internal static class SubjectSettings
{
    public static ServiceProvider Services(params (string Key, string Value)[] settings) => Services(Dns.GetHostAddresses, settings);

    public static ServiceProvider Services(LookUpHost lookUp, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Klanten:Subject:{s.Key}", (string?)s.Value))).Build());
        services.AddLogging().AddMetrics().AddSingleton<KlantenMetrics>().AddSingleton(TimeProvider.System);
        services.AddSingleton(lookUp);
        services.AddSubjecten();
        return services.BuildServiceProvider();
    }

    /// <summary>Whether a subject counts as found by a program that allows this host inside its network.</summary>
    public static async Task<bool> ExistsAsync(string subject, string? allowed = null, params (string Key, string Value)[] settings)
    {
        await using var services = Services([.. allowed is null ? [] : new[] { ("ToegestaneHosts:0", allowed) }, .. settings]);
        return await services.GetRequiredService<ISubjectLookup>().ExistsAsync(subject, TestContext.Current.CancellationToken);
    }

    /// <summary>A client over the guarded socket alone, with names that the test resolves.</summary>
    public static HttpClient Guarded(SubjectOptions options, LookUpHost? lookUp = null) =>
        new(GuardedSockets.CreateHandler(options, lookUp ?? Dns.GetHostAddresses));
}
