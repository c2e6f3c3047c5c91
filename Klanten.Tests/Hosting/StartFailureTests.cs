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

    [Theory]
    [InlineData("Kestrel:Endpoints:a:Url", "https://127.0.0.1:0", "https needs a certificate")]
    [InlineData("Kestrel:Endpoints:a:Protocols", "Http1", "The endpoint a is missing the required 'Url' parameter")]
    [InlineData("ASPNETCORE_URLS", "http://unix:/bestaat-niet/x", "no socket can be made in the folder of the socket")]
    [InlineData("ASPNETCORE_CONTENTROOT", "/bestaat-niet", "there is no folder /bestaat-niet/")]
    public async Task The_sentence_has_the_true_cause(string key, string value, string cause) =>
        Assert.Contains(cause, Assert.Single((await OutputAsync("en", (key, value))).Split('\n')), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhots:0")]
    [InlineData("http://256.1.1.1:0")]
    [InlineData("http://127.0.0.1:0;http://klanten.example:0")]
    public async Task A_name_on_which_the_server_would_listen_everywhere_is_refused(string urls)
    {
        var sentence = await OutputAsync("en", ("ASPNETCORE_URLS", urls));
        Assert.Contains("it would listen on all addresses of the machine", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', sentence);
        Spoken.AssertDutch(await OutputAsync("nl", ("ASPNETCORE_URLS", urls)));
    }

    [Theory]
    [InlineData("--functions-uri must be an http or https URL.", "x", "--functions-worker-id", "1", "--functions-request-id", "1")]
    [InlineData("--functions-worker-id is missing.", "http://127.0.0.1:1", "--functions-request-id", "1")]
    [InlineData("Connection refused", "http://127.0.0.1:1", "--functions-worker-id", "1", "--functions-request-id", "1")]
    public async Task A_worker_without_its_host_is_one_sentence(string cause, string uri, params string[] others)
    {
        using var folder = new TempFolder();
        var (exitCode, output) = await KlantenProgram.RunAsync(
            folder.Path, new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "None" }, ["--functions-uri", uri, .. others]);
        Assert.Equal(1, exitCode);
        Assert.Contains(cause, Assert.Single(output.Split('\n'), line => !line.StartsWith("Note: ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_a_killed_program_left_behind_is_named_and_stays()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "klanten.sock");
        using (var killed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            killed.Bind(new UnixDomainSocketEndPoint(file));
            killed.Listen();
            File.Move(file, $"{file}.kept");
        }
        File.Move($"{file}.kept", file);

        var sentence = await SentenceAsync($"http://unix:{file}", "en");

        Assert.Contains($"{file} exists and no program listens on it", sentence, StringComparison.Ordinal);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task A_socket_that_another_program_listens_on_is_in_use()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "klanten.sock");
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(file));
        other.Listen();

        Assert.EndsWith("the port is in use already.", await SentenceAsync($"http://unix:{file}", "en"), StringComparison.Ordinal);
    }

    /// <summary>What the program prints on its way to exit code 1, but for the lines of its log.</summary>
    private static Task<string> SentenceAsync(string url, string language) => OutputAsync(language, ("ASPNETCORE_URLS", url));

    private static async Task<string> OutputAsync(string language, (string Key, string Value) setting)
    {
        using var folder = new TempFolder();
        var settings = new Dictionary<string, string?>
        {
            [setting.Key] = setting.Value,
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
