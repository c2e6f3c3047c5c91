using Klanten.Functions.Settings;

namespace Klanten.Functions.Hosts;

/// <summary>Judges the whole configuration at the start and prints all its mistakes, instead of failing later on the first.</summary>
internal static class ConfigurationErrors
{
    /// <summary>Prints the mistakes in the configuration on standard error, one a line; false when there are none.</summary>
    public static bool TryReport(IServiceProvider services)
    {
        var mistakes = SettingsCheck.FindMistakes(services);
        foreach (var mistake in mistakes)
        {
            Console.Error.WriteLine(mistake);
        }
        return mistakes.Count > 0;
    }

    /// <summary>
    /// Prints the settings that do nothing, or not what their writer may expect. On standard error, because a Functions host drops
    /// what is logged outside an invocation.
    /// </summary>
    public static void PrintRemarks(IServiceProvider services)
    {
        foreach (var remark in services.GetServices<ISettingsRemarks>().SelectMany(source => source.Remarks()))
        {
            Console.Error.WriteLine($"Let op: {remark}");
        }
    }
}
