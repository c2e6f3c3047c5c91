using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Klanten.Functions.Files;

/// <summary>The file that a path names at this moment, apart from the path. Linux only: elsewhere all files are alike.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The file within it.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    private const int CurrentFolder = -100;
    private const uint BasicFields = 0x7FF;

    /// <summary>The bits of a mode that are the type of the file, and two of their values (inode(7)).</summary>
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>Null when there is no such file.</summary>
    public static FileIdentity? Read(string path)
    {
        if (!OperatingSystem.IsLinux()) return File.Exists(path) ? default(FileIdentity) : null;
        Span<byte> status = stackalloc byte[256];
        return TryRead(path, status)
            ? new(BinaryPrimitives.ReadUInt64LittleEndian(status[136..]), BinaryPrimitives.ReadUInt64LittleEndian(status[32..]))
            : null;
    }

    /// <summary>What the path leads to.</summary>
    public static FileKind KindOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            if (Directory.Exists(path)) return FileKind.Folder;
            return File.Exists(path) ? FileKind.File : FileKind.Missing;
        }
        Span<byte> status = stackalloc byte[256];
        if (!TryRead(path, status)) return FileKind.Missing;
        return (BinaryPrimitives.ReadUInt16LittleEndian(status[28..]) & TypeMask) switch
        {
            RegularFile => FileKind.File,
            Folder => FileKind.Folder,
            _ => FileKind.Other,
        };
    }

    /// <summary>The number of names (hard links) that the file has; 0 when there is no such file.</summary>
    public static uint CountNames(string path)
    {
        if (!OperatingSystem.IsLinux()) return File.Exists(path) ? 1u : 0u;
        Span<byte> status = stackalloc byte[256];
        return TryRead(path, status) ? BinaryPrimitives.ReadUInt32LittleEndian(status[16..]) : 0;
    }

    /// <remarks>.NET has no call for it. The layout of statx is the same on every processor (statx(2)).</remarks>
    private static bool TryRead(string path, Span<byte> status)
    {
        var name = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        Encoding.UTF8.GetBytes(path, name);
        return ReadStatus(CurrentFolder, name, 0, BasicFields, ref MemoryMarshal.GetReference(status)) == 0;
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ReadStatus(int folder, byte[] path, int flags, uint mask, ref byte status);
}
