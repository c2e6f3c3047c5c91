namespace Klanten.Functions.Settings;

/// <summary>
/// Settings outside <c>Klanten</c> that a library reads: with a mistake in one it ends the program by an exception, or passes it over in
/// silence.
/// </summary>
internal static class LibrarySettings
{
    /// <exception cref="InvalidSettingsException">Some cannot be.</exception>
    public static void Judge(IConfiguration settings)
    {
        if (FindMistakes(settings) is { Count: > 0 } mistakes) throw new InvalidSettingsException(mistakes);
    }

    private static List<Sentence> FindMistakes(IConfiguration settings)
    {
        var mistakes = new List<Sentence>();
        foreach (var (key, rule) in LoggingSettings.Rules(settings.GetSection("Logging")).Concat(TelemetrySettings.Rules()))
        {
            if (settings[key] is { Length: > 0 } value && rule(value) is { } mistake)
            {
                mistakes.Add(SettingTexts.Keyed.With(key, mistake));
            }
        }
        return mistakes;
    }
}

/// <summary>Settings with which the program cannot be built.</summary>
/// <param name="mistakes">One sentence each, with the key and without its value, which may be a secret.</param>
internal sealed class InvalidSettingsException(IReadOnlyList<Sentence> mistakes) : Exception(string.Join('\n', mistakes))
{
    public IReadOnlyList<Sentence> Mistakes => mistakes;
}
