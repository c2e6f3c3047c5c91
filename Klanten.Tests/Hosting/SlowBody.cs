using System.Net.Sockets;
using System.Text;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>A create of which the program reads the body, and has not got all of it.</summary>
internal sealed class SlowBody : IDisposable
{
    private readonly TcpClient connection = new();
    private readonly byte[] body = Encoding.UTF8.GetBytes(Json.Write(Bodies.NumberedKlant()));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Returns once the program has asked for the body (RFC 9110, 10.1.1) and was sent half of it.</summary>
    public static async Task<SlowBody> BeginAsync(string root)
    {
        var slow = new SlowBody();
        var address = new Uri(root);
        await slow.connection.ConnectAsync(address.Host, address.Port, Stop);
        await slow.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/klanten HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {Token.Of(Applications.Super)}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {slow.body.Length}\r\nExpect: 100-continue\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 100 ", await slow.ReceiveAsync(), StringComparison.Ordinal);
        await slow.SendAsync(slow.body[..(slow.body.Length / 2)]);
        return slow;
    }

    /// <summary>Sends the other half; returns the beginning of the answer.</summary>
    public async Task<string> EndAsync()
    {
        await SendAsync(body[(body.Length / 2)..]);
        return await ReceiveAsync();
    }

    /// <summary>The beginning of the answer.</summary>
    public async Task<string> ReceiveAsync()
    {
        var buffer = new byte[4096];
        return Encoding.Latin1.GetString(buffer, 0, await connection.GetStream().ReadAsync(buffer, Stop));
    }

    public void Dispose() => connection.Dispose();

    private async Task SendAsync(byte[] bytes) => await connection.GetStream().WriteAsync(bytes, Stop);
}
