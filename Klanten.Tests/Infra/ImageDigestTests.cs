using System.Text.RegularExpressions;
using Klanten.Tests.Support;

namespace Klanten.Tests.Infra;

/// <summary>A tag can be moved to another image; a digest is the image. So every image that a file names has its digest.</summary>
public sealed partial class ImageDigestTests
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "node_modules"];
    private static readonly string[] Extensions = [".bicep", ".json", ".md", ".props", ".sh", ".yaml", ".yml"];

    [Fact]
    public void Every_image_is_pinned_by_its_digest() =>
        Assert.Equal([], Images().Where(image => !Digest().IsMatch(image.Name)));

    [Theory]
    [InlineData("Dockerfile", 2)]
    [InlineData("compose.yaml", 2)]
    [InlineData("docs/deployment.md", 2)]
    [InlineData(".devcontainer/devcontainer.json", 1)]
    public void The_images_of_a_file_are_found(string file, int images) =>
        Assert.Equal(images, Images().Count(image => image.File == file && image.Name.Contains('@', StringComparison.Ordinal)));

    [Fact]
    public void An_image_has_the_same_digest_in_every_file()
    {
        var digests = Images().Select(image => image.Name.Split('@')).Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0].Split(':')[0], parts => parts[1]);

        Assert.All(digests, image => Assert.Single(image.Distinct()));
    }

    private static IEnumerable<(string File, string Name)> Images() =>
        from file in Files(new DirectoryInfo(Repository.Root))
        let path = Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/')
        from line in File.ReadLines(file.FullName)
        from Match image in Image().Matches(line)
        where !image.Groups["name"].Value.StartsWith("klanten:", StringComparison.Ordinal)
        select (path, image.Groups["name"].Value);

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) =>
    [
        .. folder.EnumerateFiles().Where(file => Extensions.Contains(file.Extension) || file.Name == "Dockerfile"),
        .. folder.EnumerateDirectories()
            .Where(child => !NotOurs.Contains(child.Name) && child.Name != ".git")
            .SelectMany(Files),
    ];

    /// <summary>What a build starts from, what a service runs, and any other use of an image of Microsoft's registry.</summary>
    [GeneratedRegex("""^FROM +(?<name>\S+)|^\s*image: *(?<name>\S+)|(?<!inspect )\b(?<name>mcr\.microsoft\.com/[^\s"]+)""")]
    private static partial Regex Image();

    [GeneratedRegex("@sha256:[0-9a-f]{64}$")]
    private static partial Regex Digest();
}
