namespace Klanten.Functions.Files;

/// <summary>What a path leads to, links followed.</summary>
internal enum FileKind
{
    Missing,
    File,
    Folder,

    /// <summary>A device, a pipe or a socket: reading one may never end. Linux only; elsewhere it is a file.</summary>
    Other,
}
