namespace Klanten.Functions.Files;

/// <summary>A file that an option or a setting names.</summary>
/// <param name="Name">The option or the key.</param>
/// <param name="Path">The full path of the file itself, and not of a link to it.</param>
internal sealed record NamedFile(string Name, string Path)
{
    /// <summary>All the files that are used for it: the file, and what is kept beside it.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [Path];

    private bool HasEndlessLinks { get; init; }

    /// <summary>The full path as it was given. The target of a link to a pipe (/dev/stdin) has no path.</summary>
    private string Given { get; init; } = Path;

    public static NamedFile Create(string name, string value)
    {
        var path = System.IO.Path.GetFullPath(value);
        if (new FileInfo(path).LinkTarget is null) return new(name, path);
        try
        {
            return new(name, File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName) { Given = path };
        }
        catch (IOException)
        {
            return new(name, path) { HasEndlessLinks = true };
        }
    }

    /// <summary>Why it can be neither read nor written, whatever its rights are; null when it can.</summary>
    public Sentence? FindFault()
    {
        if (HasEndlessLinks) return FileTexts.EndlessLinks.With(Name);
        return FileIdentity.KindOf(Given) switch
        {
            FileKind.Folder => FileTexts.IsFolder.With(Name),
            FileKind.Other => FileTexts.IsNoFile.With(Name),
            _ => null,
        };
    }

    /// <summary>Why it cannot be made where it is not; null when it can.</summary>
    /// <param name="makesFolders">Whether the folders above it are made too.</param>
    public Sentence? FindFaultOfFolder(bool makesFolders)
    {
        var folder = System.IO.Path.GetDirectoryName(Path);
        while (makesFolders && folder is not null && FileIdentity.KindOf(folder) == FileKind.Missing)
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }
        return folder is null ? null : FileIdentity.KindOf(folder) switch
        {
            FileKind.Folder => null,
            FileKind.Missing => FileTexts.NoFolder.With(Name),
            _ => FileTexts.FolderIsFile.With(Name),
        };
    }

    /// <summary>Why the two cannot be used together: they share a file, under whatever name; null when they can.</summary>
    public Sentence? FindConflict(NamedFile other)
    {
        var shared = Parts.FirstOrDefault(part => other.Parts.Any(otherPart => IsSame(part, otherPart)));
        return shared is null ? null : FileTexts.Shared.With(Name, other.Name, System.IO.Path.GetFileName(shared));
    }

    /// <remarks>Files that are not there yet are the same when they have one name in one folder, however its path is written.</remarks>
    private static bool IsSame(string one, string other)
    {
        if (!OperatingSystem.IsLinux()) return string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
        if (FileIdentity.Read(one) is { } file) return file == FileIdentity.Read(other);
        return System.IO.Path.GetFileName(one) == System.IO.Path.GetFileName(other)
            && FileIdentity.Read(System.IO.Path.GetDirectoryName(one)!) is { } folder
            && folder == FileIdentity.Read(System.IO.Path.GetDirectoryName(other)!);
    }
}
