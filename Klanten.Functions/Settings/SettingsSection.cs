using Microsoft.Extensions.Options;

namespace Klanten.Functions.Settings;

/// <summary>A section of the configuration, and the class that its keys are bound to.</summary>
/// <param name="Path">Such as Klanten:Sqlite.</param>
/// <param name="Options">The class.</param>
internal abstract record SettingsSection(string Path, Type Options)
{
    /// <summary>The messages of the validators of the class about the options that the program uses, which are made for it.</summary>
    public abstract IEnumerable<Text> Validate(IServiceProvider services);

    /// <summary>The messages of the validators of the class about a configuration.</summary>
    public abstract IEnumerable<Text> Validate(IServiceProvider services, IConfiguration configuration);
}

/// <param name="Path">Such as Klanten:Sqlite.</param>
/// <param name="Bind">Sets the properties of options from a section.</param>
internal sealed record SettingsSection<TOptions>(string Path, Action<IConfiguration, TOptions> Bind)
    : SettingsSection(Path, typeof(TOptions))
    where TOptions : class, new()
{
    public override IEnumerable<Text> Validate(IServiceProvider services) => Messages(() =>
    {
        _ = services.GetRequiredService<IOptions<TOptions>>().Value;
        return [];
    });

    public override IEnumerable<Text> Validate(IServiceProvider services, IConfiguration configuration)
    {
        var options = new TOptions();
        Bind(configuration.GetSection(Path), options);
        return services.GetServices<IValidateOptions<TOptions>>().SelectMany(validator => Messages(
            () => validator.Validate(Microsoft.Extensions.Options.Options.DefaultName, options).Failures ?? []));
    }

    private static IEnumerable<Text> Messages(Func<IEnumerable<string>> validate)
    {
        try
        {
            return validate().Select(SettingMistake.Split);
        }
        catch (OptionsValidationException exception) when (exception.OptionsType == typeof(TOptions))
        {
            return exception.Failures.Select(SettingMistake.Split);
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            // The validator depends on another section, whose mistakes are found there.
            return [];
        }
    }
}
