using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>A store is in the folder of the program, as it is by default: whatever watched that folder would see each write.</summary>
public sealed class WatchedFilesTests
{
    [Fact]
    public async Task The_program_watches_no_files()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The open files of a process are read from /proc, which only Linux has.");
        using var folder = new TempFolder();
        await using var program = await KlantenProgram.StartAsync(folder.Path, new Dictionary<string, string?>());
        var open = new DirectoryInfo($"/proc/{program.Id}/fd").EnumerateFiles().Select(file => file.LinkTarget);
        Assert.DoesNotContain("anon_inode:inotify", open);
    }
}
