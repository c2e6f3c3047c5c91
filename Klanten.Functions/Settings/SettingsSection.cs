using Microsoft.Extensions.Options;

namespace Klanten.Functions.Settings;

/// <summary>A section of the configuration, and the class that its keys are bound to.</summary>
/// <param name="Path">Such as Klanten:Sqlite.</param>
/// <param name="Options">The class.</param>
internal abstract record SettingsSection(string Path, Type Options)
{
    /// <summary>The messages of the validators of the class about a configuration.</summary>
    public abstract IEnumerable<Text> Validate(IServiceProvider services, IConfiguration configuration);
}

internal sealed record SettingsSection<TOptions>(string Path) : SettingsSection(Path, typeof(TOptions))
    where TOptions : class, new()
{
    private const string AnnotationIntroduction = "with the error: '";
    private const string AnnotationEnd = "'.";

    public override IEnumerable<Text> Validate(IServiceProvider services, IConfiguration configuration)
    {
        var options = new TOptions();
        configuration.GetSection(Path).Bind(options);
        return services.GetServices<IValidateOptions<TOptions>>()
            .SelectMany(validator => Failures(validator, options))
            .Select(failure => SettingMistake.Split(WithoutIntroduction(failure)));
    }

    private static IEnumerable<string> Failures(IValidateOptions<TOptions> validator, TOptions options)
    {
        try
        {
            return validator.Validate(Microsoft.Extensions.Options.Options.DefaultName, options) is { Failed: true } result
                ? result.Failures
                : [];
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            // The validator depends on another section, whose mistakes are found there.
            return [];
        }
    }

    /// <summary>Data annotations quote the message after the names of type and members; the message names the key itself.</summary>
    private static string WithoutIntroduction(string failure)
    {
        var start = failure.IndexOf(AnnotationIntroduction, StringComparison.Ordinal);
        return start < 0 ? failure : failure[(start + AnnotationIntroduction.Length)..^AnnotationEnd.Length];
    }
}
