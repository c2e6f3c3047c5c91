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
    public static void AddSettings<TOptions>(this IServiceCollection services, string path)
        where TOptions : class, new()
    {
        services.AddOptions<TOptions>().BindConfiguration(path).ValidateDataAnnotations();
        services.AddSingleton<SettingsSection>(new SettingsSection<TOptions>(path));
    }
}
