using Klanten.Functions.Settings;

namespace Klanten.Functions.Hosts;

/// <summary>Judges the whole configuration at the start and prints all its mistakes, instead of failing later on the first.</summary>
internal static class ConfigurationErrors
{
    /// <summary>Prints the mistakes in the configuration on standard error, one a line; false when there are none.</summary>
    public static bool TryReport(IServiceProvider services)
    {
        var mistakes = SettingsCheck.FindMistakes(services);
        var language = CommandLanguage.FromEnvironment();
        foreach (var mistake in mistakes)
        {
            Console.Error.WriteLine(language[mistake]);
        }
        return mistakes.Count > 0;
    }

    /// <summary>What is wrong with settings before the host is built; null when the exception is about something else.</summary>
    public static Sentence? Describe(Exception exception) => exception switch
    {
        InvalidSettingsException { Mistakes: var mistakes } => mistakes.Aggregate((one, other) => SettingTexts.Lines.With(one, other)),
        InvalidOperationException => Unreadable(exception.Message),
        _ => SettingsFiles.Describe(exception),
    };

    /// <summary>
    /// The key in the message of the binder of Microsoft.Extensions.Configuration, which quotes the value too: "Failed to convert
    /// configuration value '…' at 'key' to type '…'."
    /// </summary>
    private static Sentence? Unreadable(string message)
    {
        const string Begin = "Failed to convert configuration value ";
        return message.StartsWith(Begin, StringComparison.Ordinal) && message.Split('\'') is [.., _, var key, _, var type, _]
            ? SettingTexts.Keyed.With(key, SettingTexts.UnreadableValue.With(type))
            : null;
    }

    /// <summary>
    /// Prints the settings that do nothing, or not what their writer may expect. On standard error, because a Functions host drops
    /// what is logged outside an invocation.
    /// </summary>
    public static void PrintRemarks(IServiceProvider services)
    {
        var language = CommandLanguage.FromEnvironment();
        foreach (var remark in services.GetServices<ISettingsRemarks>().SelectMany(source => source.Remarks()))
        {
            Console.Error.WriteLine(language[SettingTexts.Remark, remark]);
        }
    }
}
