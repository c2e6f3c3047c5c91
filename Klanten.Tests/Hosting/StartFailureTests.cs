using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>An address that cannot be listened on: one sentence and exit code 1, no stack trace.</summary>
public sealed class StartFailureTests
{
    [Fact]
    public async Task A_port_in_use_is_one_sentence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        Assert.Equal($"Het programma kan niet luisteren op {url}: de poort is al in gebruik.", await SentenceAsync(url, "nl"));
        Assert.Equal($"The program cannot listen on {url}: the port is in use already.", await SentenceAsync(url, "en"));
    }

    [Theory]
    [InlineData("http://192.0.2.1:7071", "deze machine heeft dat adres niet.", "this machine has no such address.")]
    [InlineData(
        "https://127.0.0.1:0",
        "voor https is een certificaat nodig, dat dit programma niet leest: laat TLS ervóór eindigen.",
        "https needs a certificate, which this program does not read: let TLS end in front of it.")]
    [InlineData("onzin", "dit is geen http-URL.", "this is no http URL.")]
    [InlineData("ftp://127.0.0.1:0", "dit is geen http-URL.", "this is no http URL.")]
    [InlineData("http://127.0.0.1:99999", "dit is geen http-URL.", "this is no http URL.")]
    public async Task An_address_that_cannot_be_used_is_one_sentence(string url, string dutch, string english)
    {
        Assert.Equal($"Het programma kan niet luisteren op {url}: {dutch}", await SentenceAsync(url, "nl"));
        Assert.Equal($"The program cannot listen on {url}: {english}", await SentenceAsync(url, "en"));
    }

    /// <summary>What the program prints on its way to exit code 1, but for the lines of its log.</summary>
    private static async Task<string> SentenceAsync(string url, string language)
    {
        using var folder = new TempFolder();
        var settings = new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = url,
            ["LC_ALL"] = language,
            ["Logging:LogLevel:Default"] = "Error",
            ["Klanten:Applicaties:0:ClientIds:0"] = "start",
            ["Klanten:Applicaties:0:Secret"] = "geheim-van-een-start-die-mislukt-32-tekens",
            ["Klanten:Applicaties:0:HeeftAlleAutorisaties"] = "true",
        };
        var (exitCode, output) = await KlantenProgram.RunAsync(folder.Path, settings);
        Assert.Equal(1, exitCode);
        return output;
    }
}
