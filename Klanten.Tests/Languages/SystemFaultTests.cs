using Klanten.Functions.Hosts;
using Klanten.Functions.Languages;
using Klanten.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Klanten.Tests.Languages;

/// <summary>What is said of a fault of the system or of a file.</summary>
public sealed class SystemFaultTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("weg")]
    [InlineData("Anna's")]
    [InlineData("'s-Gravenhage 't Gooi")]
    public void A_file_that_is_not_there_has_its_whole_name(string name)
    {
        var fault = Assert.ThrowsAny<IOException>(() => File.OpenRead(folder[name]));
        Assert.Equal($"{folder[name]}: there is no such file or folder", SystemFault.Describe(fault).ToString());
    }

    [Fact]
    public void A_file_of_settings_that_is_no_JSON_has_its_whole_name()
    {
        File.WriteAllText(folder["Anna's.json"], "{,");
        var fault = Assert.Throws<InvalidDataException>(() => new ConfigurationBuilder().AddJsonFile(folder["Anna's.json"]).Build());
        Assert.Equal($"The file {folder["Anna's.json"]} of settings is no JSON: see line 1.", $"{ConfigurationErrors.Describe(fault)}");
    }
}
