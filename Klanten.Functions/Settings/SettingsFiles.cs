using System.Text.Json;

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

    /// <summary>Refuses a folder in the place of a file, such as a container makes for a file that is not there: it is not read.</summary>
    /// <exception cref="InvalidSettingsException">There is one.</exception>
    public static void Judge(IHostEnvironment environment)
    {
        string[] names = ["appsettings.json", $"appsettings.{environment.EnvironmentName}.json"];
        var folders = names.Select(name => Path.Combine(environment.ContentRootPath, name)).Where(Directory.Exists).ToArray();
        if (folders.Length > 0) throw new InvalidSettingsException([.. folders.Select(folder => SettingTexts.FileIsFolder.With(folder))]);
    }

    /// <summary>What is wrong with the contents of a file; null when the exception is about something else.</summary>
    public static Sentence? Describe(Exception exception)
    {
        if (exception is not InvalidDataException { InnerException: { } fault } || SystemFault.FindPath(exception.Message) is not { } file)
        {
            return null;
        }
        return fault.GetBaseException() switch
        {
            JsonException json => SettingTexts.FileIsNoJson.With(file, json.LineNumber + 1),
            // Both messages are of Microsoft.Extensions.Configuration.Json; that of a key that is there twice names it.
            FormatException { Message: var message } when message.Contains("duplicate", StringComparison.Ordinal) =>
                SettingTexts.FileHasKeyTwice.With(file, message.Split('\'').ElementAtOrDefault(1)),
            FormatException => SettingTexts.FileIsNoObject.With(file),
            InvalidOperationException => SettingTexts.FileHasNoText.With(file),
            var other => SettingTexts.FileIsUnreadable.With(file, other.GetType().FullName),
        };
    }
}
