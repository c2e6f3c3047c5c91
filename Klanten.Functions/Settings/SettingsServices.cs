using Microsoft.Extensions.Options;

namespace Klanten.Functions.Settings;

internal static class SettingsServices
{
    /// <summary>
    /// Binds a section of the configuration to its options, and makes its keys known: a key that no registered class has is
    /// reported at the start (<see cref="SettingsCheck"/>).
    /// </summary>
    /// <typeparam name="TOptions">Each public property that can be set is a key, and each list a numbered group of keys.</typeparam>
    /// <param name="services">The services of the program.</param>
    /// <param name="path">Path of the section; several classes may share one.</param>
    /// <param name="bind">
    /// Always <c>section.Bind(options)</c>. The compiler puts code for the class in its place, which it cannot where the class is not
    /// named, and binding by reflection is a twentieth of a start (docs/performance.md).
    /// </param>
    public static void AddSettings<TOptions>(this IServiceCollection services, string path, Action<IConfiguration, TOptions> bind)
        where TOptions : class, new()
    {
        services.AddOptions<TOptions>().Configure<IConfiguration>((options, settings) => bind(settings.GetSection(path), options));
        services.AddSingleton<IValidateOptions<TOptions>, SettingsValidator<TOptions>>();
        services.AddSingleton<SettingsSection>(new SettingsSection<TOptions>(path, bind));
    }
}
