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

internal sealed record SettingsSection<TOptions>(string Path) : SettingsSection(Path, typeof(TOptions))
    where TOptions : class, new()
{
    private const string AnnotationIntroduction = "with the error: '";
    private const string AnnotationEnd = "'.";

    public override IEnumerable<Text> Validate(IServiceProvider services) => Messages(() =>
    {
        _ = services.GetRequiredService<IOptions<TOptions>>().Value;
        return [];
    });

    public override IEnumerable<Text> Validate(IServiceProvider services, IConfiguration configuration)
    {
        var options = new TOptions();
        configuration.GetSection(Path).Bind(options);
        return services.GetServices<IValidateOptions<TOptions>>().SelectMany(validator => Messages(
            () => validator.Validate(Microsoft.Extensions.Options.Options.DefaultName, options).Failures ?? []));
    }

    private static IEnumerable<Text> Messages(Func<IEnumerable<string>> validate)
    {
        try
        {
            return validate().Select(ToMessage);
        }
        catch (OptionsValidationException exception) when (exception.OptionsType == typeof(TOptions))
        {
            return exception.Failures.Select(ToMessage);
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            // The validator depends on another section, whose mistakes are found there.
            return [];
        }
    }

    private static Text ToMessage(string failure) => SettingMistake.Split(WithoutIntroduction(failure));

    /// <summary>Data annotations quote the message after the names of type and members; the message names the key itself.</summary>
    private static string WithoutIntroduction(string failure)
    {
        var start = failure.IndexOf(AnnotationIntroduction, StringComparison.Ordinal);
        return start < 0 ? failure : failure[(start + AnnotationIntroduction.Length)..^AnnotationEnd.Length];
    }
}
