using System.Net;
using System.Net.Sockets;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>Connections take descriptors, of which a process has a limited number.</summary>
public sealed class ConnectionLimitTests
{
    private const int Descriptors = 600;
    private const int Connections = Descriptors - 400;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, Connections)]
    [InlineData("20", 20)]
    [InlineData("100000", Connections)]
    public async Task Connections_that_send_nothing_leave_descriptors_for_the_program(string? configured, int expected)
    {
        using var folder = new TempFolder();
        await using var notificaties = await FakeApi.StartAsync(FakeApi.With(201));
        var settings = new Dictionary<string, string?>(Applications.Settings.Concat(NotificatiesApi.SettingsOf(notificaties.Root)));
        if (configured is not null) settings["Klanten:Limieten:Verbindingen"] = configured;
        await using var program = await KlantenProgram.StartAsync(folder.Path, settings, Descriptors);
        Assert.Contains($"At most {expected} connections at a time", program.Output, StringComparison.Ordinal);

        var idle = new List<TcpClient>();
        try
        {
            using (var first = ApiClient.Create(program.Root))
            {
                await first.CreateAsync();
                for (var i = 0; i < 2 * Descriptors; i++) idle.Add(await ConnectAsync(program.Root));
                await Eventually.TrueAsync(() => idle.Count(IsClosed) >= idle.Count - expected, "the server closes what is too many");
                Assert.InRange(idle.Count(client => !IsClosed(client)), expected - 2, expected);

                // The connection that was there first still works, and so does what the program itself connects to.
                var published = notificaties.Received.Count;
                await first.CreateAsync();
                await Eventually.TrueAsync(() => notificaties.Received.Count > published, "the notification is delivered");
            }
        }
        finally
        {
            foreach (var client in idle) client.Dispose();
        }
        await Eventually.TrueAsync(() => AnswersAsync(program.Root), "the program answers again");
        Assert.False(program.HasExited);
        Assert.DoesNotContain("Unhandled exception", program.Output, StringComparison.Ordinal);
    }

    private static async Task<TcpClient> ConnectAsync(string root)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(root).Port, Stop);
        return client;
    }

    /// <summary>A connection that is readable without bytes was closed by the server.</summary>
    private static bool IsClosed(TcpClient client) => client.Client.Poll(0, SelectMode.SelectRead) && client.Client.Available == 0;

    private static async Task<bool> AnswersAsync(string root)
    {
        using var client = ApiClient.Create(root);
        try
        {
            using var answer = await client.SendAsync("GET", "klanten");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
