using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Klanten.Tests.OpenApi;

namespace Klanten.Tests.Support;

/// <summary>
/// HTTP by hand, for requests that no client wants to send. Every answer must be as openapi.yaml describes it.
/// </summary>
public static class RawHttp
{
    /// <param name="address">Where the API is, without a path.</param>
    /// <param name="method">Anything.</param>
    /// <param name="target">The path as it goes over the wire, from the root of the server.</param>
    /// <param name="body">Null sends none, and no Content-Length.</param>
    /// <param name="headers">All headers but Host, Connection and Content-Length; a character is a byte.</param>
    public static async Task<Answer> SendAsync(
        string address, string method, string target, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var root = new Uri(address);
        var head = new StringBuilder().Append(
            CultureInfo.InvariantCulture, $"{method} {target} HTTP/1.1\r\nHost: {root.Authority}\r\nConnection: close\r\n");
        if (body is not null) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        foreach (var (name, value) in headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append("\r\n");
        return await SendAsync(root, method, target, [.. Encoding.Latin1.GetBytes(head.ToString()), .. body ?? []]);
    }

    /// <summary>Sends a request as it is written, a character a byte, and waits until the server closes the connection.</summary>
    public static Task<Answer> SendAsync(string address, string request) => request.Split(' ') is [var method, var target, ..]
        ? SendAsync(new Uri(address), method, target, Encoding.Latin1.GetBytes(request))
        : throw new ArgumentException("There is no request line.", nameof(request));

    private static async Task<Answer> SendAsync(Uri root, string method, string target, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(root.Host, root.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(request, TestContext.Current.CancellationToken);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, TestContext.Current.CancellationToken);
        }
        catch (IOException) when (answer.Length > 0)
        {
            // The server waited for the rest of the body, in vain, and then reset the connection.
        }
        return DescribedAnswers.Check(target, Read(method, $"{method} {target}", answer.ToArray()));
    }

    private static Answer Read(string method, string request, byte[] answer)
    {
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        Assert.True(end > 0, $"{request}\n-> no answer");
        var lines = Encoding.Latin1.GetString(answer, 0, end).Split("\r\n");
        var headers = lines[1..].Select(l => l.Split(':', 2)).Select(h => (h[0], h[1].Trim())).ToArray();
        var chunked = headers.Any(h => h.Item1.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase));
        var body = chunked ? Dechunk(answer.AsSpan(end + 4), request) : answer[(end + 4)..];
        return new(method, request, int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, body);
    }

    /// <summary>A body that came in chunks (RFC 9112, 7.1), without extensions and trailers.</summary>
    private static byte[] Dechunk(ReadOnlySpan<byte> chunks, string request)
    {
        var body = new MemoryStream();
        while (true)
        {
            var line = chunks.IndexOf("\r\n"u8);
            Assert.True(line > 0, $"{request}\n-> a body in chunks that does not end");
            var size = int.Parse(chunks[..line], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0) return body.ToArray();
            body.Write(chunks.Slice(line + 2, size));
            chunks = chunks[(line + 2 + size + 2)..];
        }
    }
}
