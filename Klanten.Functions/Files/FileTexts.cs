namespace Klanten.Functions.Files;

/// <summary>Why a file that was named is not used.</summary>
internal static class FileTexts
{
    public static readonly Text IsFolder = new(
        "{0} noemt een map, en het moet een bestand zijn.", "{0} names a folder, and it must be a file.");
    public static readonly Text EndlessLinks = new(
        "{0} noemt een koppeling die naar zichzelf leidt.", "{0} names a link that leads to itself.");
    public static readonly Text IsNoFile = new(
        "{0} noemt een apparaat, pijp of socket, en het moet een gewoon bestand zijn.",
        "{0} names a device, a pipe or a socket, and it must be a regular file.");
    public static readonly Text NoFolder = new(
        "{0} noemt een bestand in een map die er niet is.", "{0} names a file in a folder that does not exist.");
    public static readonly Text FolderIsFile = new(
        "{0} noemt een bestand in iets dat geen map is.", "{0} names a file in something that is no folder.");
    public static readonly Text Shared = new(
        "{0} en {1} zouden hetzelfde bestand gebruiken ({2}): noem een ander.",
        "{0} and {1} would use the same file ({2}): name another one.");
}
