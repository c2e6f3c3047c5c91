namespace Klanten.Functions.Files;

/// <summary>Files that only their owner can read, because they are about klanten.</summary>
internal static class PrivateFile
{
    /// <summary>Opens a file to write it. Rights that an existing file has are left as they are.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static FileStream Open(string path, FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }
}
