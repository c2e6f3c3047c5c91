namespace Klanten.Functions.Settings;

/// <summary>The files that settings come from.</summary>
internal static class SettingsFiles
{
    /// <summary>
    /// The arguments of a host that reads its files once. By default it watches its whole folder, and each write to a database in there
    /// costs an event; settings are judged at the start, so a change of a file is of no use before the next one.
    /// </summary>
    /// <param name="args">Settings, which take precedence.</param>
    public static string[] Unwatched(string[] args) => ["--hostBuilder:reloadConfigOnChange=false", .. args];
}
