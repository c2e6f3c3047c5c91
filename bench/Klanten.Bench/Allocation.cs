using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Klanten.Core.Model;
using Klanten.Functions.Commands;
using Klanten.Functions.Storage.Sqlite;

namespace Klanten.Bench;

/// <summary>
/// Bytes that one GET of a klant allocates. The program runs within this process, and the client, a plain socket, allocates
/// nothing itself.
/// </summary>
internal static class Allocation
{
    private const int Port = 7190;
    private const int WarmUp = 20_000;
    private const int Requests = 50_000;
    private const string Secret = "bench-geheim-dat-alleen-op-deze-machine-geldt";

    public static async Task MeasureAsync(string path)
    {
        var id = await FirstAsync(path);
        string[] args =
        [
            "--urls", $"http://127.0.0.1:{Port}",
            "--Klanten:Sqlite:Pad", path,
            "--Klanten:Applicaties:0:ClientIds:0", "bench",
            "--Klanten:Applicaties:0:Secret", Secret,
            "--Klanten:Applicaties:0:HeeftAlleAutorisaties", "true",
            "--Logging:LogLevel:Default", "Warning",
        ];
        // The program ends with the process.
        _ = Task.Run(() => typeof(TokenCommand).Assembly.EntryPoint!.Invoke(null, [args]));

        using var socket = await ConnectAsync();
        var token = TokenCommand.Token("bench", Secret, DateTimeOffset.UtcNow);
        var request = Encoding.ASCII.GetBytes(
            $"GET /api/v1/klanten/{id} HTTP/1.1\r\nHost: 127.0.0.1:{Port}\r\nAuthorization: Bearer {token}\r\n\r\n");
        var answer = new byte[16 * 1024];
        Ask(socket, request, answer, WarmUp);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Ask(socket, request, answer, Requests);
        var bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Requests;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes"));
        Environment.Exit(0);
    }

    private static async Task<KlantId> FirstAsync(string path)
    {
        using var database = new SqliteDatabase(new() { Pad = path });
        var page = await new SqliteKlantStore(database).ListAsync(KlantFilter.None, PageRequest.First, CancellationToken.None);
        return page!.Klanten.Items[0].Id;
    }

    private static async Task<Socket> ConnectAsync()
    {
        while (true)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Port);
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Sends the same request again and again. All answers have the length of the first, so none needs to be parsed.</summary>
    private static void Ask(Socket socket, byte[] request, byte[] answer, int times)
    {
        var length = 0;
        for (var i = 0; i < times; i++)
        {
            socket.Send(request);
            var read = 0;
            do
            {
                read += socket.Receive(answer.AsSpan(read), SocketFlags.None);
            }
            while (read < length || !IsComplete(answer.AsSpan(0, read)));
            length = read;
        }
    }

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        if (!answer.StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException("The answer is not 200.");
        }
        return answer[^1] == (byte)'}';
    }
}
