namespace Klanten.Functions.Languages;

/// <summary>
/// What .NET reports of a file or a folder, as a phrase. Its own messages are English; what they quote is the path.
/// </summary>
internal static class SystemFault
{
    /// <summary>A fault that is quoted, for want of words here.</summary>
    public static readonly Text Other = new("het systeem meldt \"{0}\"", "the system reports \"{0}\"");

    private const int NoSpace = 28;
    private const int ReadOnly = 30;

    /// <summary>ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL, as an HRESULT.</summary>
    private static readonly int[] NoSpaceOnWindows = [unchecked((int)0x80070027), unchecked((int)0x80070070)];

    private static readonly Text Missing = new("het bestand of de map bestaat niet", "there is no such file or folder");
    private static readonly Text Denied = new("het systeem staat dit niet toe", "the system does not allow this");
    private static readonly Text Full = new("de schijf is vol", "the disk is full");
    private static readonly Text Protected = new("de schijf is alleen te lezen", "the disk is read-only");
    private static readonly Text TooLong = new("het pad is te lang", "the path is too long");
    private static readonly Text Damaged = new(
        "het bestand is beschadigd of afgebroken", "the file is damaged or was cut off");
    private static readonly Text At = new("{0}: {1}", "{0}: {1}");

    /// <summary>The phrase, with the path before it when .NET told it.</summary>
    public static Sentence Describe(Exception exception)
    {
        Sentence fault = exception switch
        {
            FileNotFoundException or DirectoryNotFoundException or DriveNotFoundException => Missing,
            UnauthorizedAccessException => Denied,
            PathTooLongException => TooLong,
            InvalidDataException or EndOfStreamException => Damaged,
            IOException { HResult: NoSpace } => Full,
            IOException { HResult: ReadOnly } => Protected,
            IOException when NoSpaceOnWindows.Contains(exception.HResult) => Full,
            _ => Other.With(exception.Message),
        };
        return fault.Text != Other && FindPath(exception.Message) is { } path ? At.With(path, fault) : fault;
    }

    /// <summary>The first line of a message, to be quoted: without the end of the sentence.</summary>
    public static string FirstLine(string message) => message.Split('\n')[0].Trim().TrimEnd('.');

    /// <summary>What a message of .NET quotes, which may have apostrophes itself; null when it quotes nothing.</summary>
    public static string? FindPath(string message)
    {
        var (start, end) = (message.IndexOf('\'', StringComparison.Ordinal), message.LastIndexOf('\''));
        return start < end ? message[(start + 1)..end] : null;
    }
}
