using Klanten.Tests.Support;

namespace Klanten.Tests.Form;

/// <summary>A line fits beside another file on one screen.</summary>
public sealed class LineWidthTests
{
    private const int MaxColumns = 140;

    private static readonly string[] Extensions = [".cs", ".sh", ".bicep", ".md"];
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "node_modules"];

    [Fact]
    public void No_line_is_wider_than_140_columns()
    {
        var files = Files(new DirectoryInfo(Repository.Root)).ToArray();
        Assert.Contains(files, file => file.Name == "LineWidthTests.cs");
        Assert.Equal([], files.SelectMany(WideLines));
    }

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) =>
    [
        .. folder.EnumerateFiles().Where(file => Extensions.Contains(file.Extension)),
        .. folder.EnumerateDirectories().Where(child => !NotOurs.Contains(child.Name) && child.Name[0] != '.').SelectMany(Files),
    ];

    private static IEnumerable<string> WideLines(FileInfo file) =>
        from line in File.ReadLines(file.FullName).Index()
        where line.Item.Length > MaxColumns && !IsTableRow(file, line.Item)
        select $"{Path.GetRelativePath(Repository.Root, file.FullName)}:{line.Index + 1} has {line.Item.Length} columns";

    /// <summary>A row of a table cannot be broken in Markdown.</summary>
    private static bool IsTableRow(FileInfo file, string line) => file.Extension == ".md" && line.StartsWith('|');
}
