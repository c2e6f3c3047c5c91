namespace Klanten.Functions.Hosts;

/// <summary>
/// Why a start failed. An exception that ends the program would print a stack trace and write a core dump; the operator gets one sentence.
/// </summary>
internal static class StartFailure
{
    public static Sentence Describe(Exception exception) => ConfigurationErrors.Describe(exception) ?? exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        // Its message is the folder alone.
        DirectoryNotFoundException when Path.IsPathRooted(exception.Message) => StartTexts.NoContentRoot.With(exception.Message),
        FileNotFoundException when !HasWorkingFolder() => StartTexts.NoWorkingFolder,
        IOException or UnauthorizedAccessException => StartTexts.NotStarted.With(SystemFault.Describe(exception)),
        // Their messages quote the value, which may be a secret of the settings.
        ArgumentException or FormatException => StartTexts.NotStarted.With($"{exception.GetType().FullName} ({exception.Source})"),
        _ => StartTexts.NotStarted.With($"{exception.GetType().FullName}: {SystemFault.FirstLine(exception.Message)}"),
    };

    private static bool HasWorkingFolder()
    {
        try
        {
            return Environment.CurrentDirectory.Length > 0;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
