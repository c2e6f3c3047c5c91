using System.Runtime.InteropServices;
using System.Text;

namespace Klanten.Functions.Files;

/// <summary>Makes files and their names survive a power failure.</summary>
internal static class DurableFiles
{
    private const int CurrentFolder = -100;

    /// <summary>RENAME_NOREPLACE (renameat2(2)).</summary>
    private const uint ReplaceNothing = 1;

    public static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Renames a file, and makes the names durable. It replaces nothing.</summary>
    /// <returns>False when there is a file or a folder of the new name.</returns>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static bool TryMove(string from, string to)
    {
        if (!TryRename(from, to))
        {
            if (Path.Exists(to)) return false;
            // The file system has no such rename (NFS), or this fails for the same reason and says which.
            File.Move(from, to);
        }
        FlushNames(Path.GetDirectoryName(Path.GetFullPath(to))!);
        return true;
    }

    /// <remarks>File.Move looks first and renames then, so that of two at once one may replace the other.</remarks>
    private static bool TryRename(string from, string to)
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            return Rename(CurrentFolder, Name(from), CurrentFolder, Name(to), ReplaceNothing) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <remarks>.NET opens no folders. Windows makes names durable by itself.</remarks>
    private static void FlushNames(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(Name(folder), 0);
        if (handle < 0) return;
        _ = Synchronize(handle);
        _ = Close(handle);
    }

    private static byte[] Name(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "renameat2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename(int oldFolder, byte[] oldPath, int newFolder, byte[] newPath, uint flags);

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronize(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
