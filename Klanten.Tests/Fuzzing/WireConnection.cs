using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Klanten.Tests.Support;

namespace Klanten.Tests.Fuzzing;

/// <summary>
/// A connection to the program that reads answers strictly: anything that is not HTTP/1.1 as RFC 9112 has it is a
/// <see cref="NoHttpException"/>. It is kept for the next request when both sides allow that, so that a wrong length shows.
/// </summary>
internal sealed class WireConnection(string root) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan UntilEnd = TimeSpan.FromMilliseconds(100);

    /// <summary>Headers that may be there once only.</summary>
    private static readonly string[] Single = ["Content-Length", "Content-Type", "ETag", "Location", "Transfer-Encoding"];

    private readonly Uri address = new(root);
    private TcpClient? client;
    private BufferedStream? reader;

    /// <summary>Sends a request and reads its answer; null when the connection was closed without one.</summary>
    public async Task<Answer?> SendAsync(WireRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        if (client is null || request.ServerMayRefuse) await ConnectAsync(limit.Token);
        try
        {
            var writing = WriteAsync(request, limit.Token);
            var reading = ReadAsync(request, limit.Token);
            await writing;
            if (request.ServerMayRefuse) await EndUnlessAnsweredAsync(reading, limit.Token);
            var answer = await reading;
            if (answer is null || request.ServerMayRefuse || Closes(answer)) Close();
            return answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Close();
            throw new NoHttpException($"no whole answer within {Patience.TotalSeconds} s");
        }
        catch (NoHttpException)
        {
            Close();
            throw;
        }
    }

    public void Dispose() => Close();

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        Close();
        client = new() { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        reader = new(client.GetStream());
    }

    private void Close()
    {
        reader?.Dispose();
        client?.Dispose();
        (client, reader) = (null, null);
    }

    /// <summary>The program may answer and close before it has read all; then the rest cannot be written.</summary>
    private async Task WriteAsync(WireRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await client!.GetStream().WriteAsync(request.Bytes, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The answer says why.
        }
    }

    /// <summary>
    /// The program waits for what is missing of a request; the end of the stream ends that. To Kestrel it is the end of the consumer too,
    /// so a request that misses nothing gets some time to be answered first.
    /// </summary>
    private async Task EndUnlessAnsweredAsync(Task reading, CancellationToken cancellationToken)
    {
        if (await Task.WhenAny(reading, Task.Delay(UntilEnd, cancellationToken)) == reading) return;
        try
        {
            client!.Client.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The program was first.
        }
    }

    private async Task<Answer?> ReadAsync(WireRequest request, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (await LineAsync(cancellationToken) is not { } statusLine) return null;
                var status = StatusOf(statusLine);
                var headers = await HeadersAsync(cancellationToken);
                // 100 Continue, before the answer itself.
                if (status < 200) continue;
                var body = await BodyAsync(request, status, headers, cancellationToken);
                return new(request.Method, $"{request.Method} {request.Target}", status, headers, body);
            }
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int StatusOf(string line) =>
        line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && line.Length >= 12
        && int.TryParse(line.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and < 600
            ? status
            : throw new NoHttpException($"no status line: {line}");

    private async Task<List<(string Name, string Value)>> HeadersAsync(CancellationToken cancellationToken)
    {
        var headers = new List<(string Name, string Value)>();
        while (await LineAsync(cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.AsSpan(0, colon).Contains(' ')) throw new NoHttpException($"no header: {line}");
            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            var at = headers.FindIndex(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (at < 0) headers.Add((name, value));
            else if (Single.Contains(name, StringComparer.OrdinalIgnoreCase)) throw new NoHttpException($"{name} is there twice");
            else headers[at] = (name, $"{headers[at].Value}, {value}");
        }
        return headers;
    }

    private async Task<byte[]> BodyAsync(
        WireRequest request, int status, List<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        var length = Header("Content-Length");
        var coding = Header("Transfer-Encoding");
        if (length is not null && coding is not null) throw new NoHttpException("both Content-Length and Transfer-Encoding");
        if (request.Method == "HEAD" || status is 204 or 304) return [];
        if (coding is not null) return await ChunksAsync(cancellationToken);
        if (length is null && request.Head.Contains(" HTTP/1.0", StringComparison.Ordinal)) return await RestAsync(cancellationToken);
        if (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
            throw new NoHttpException($"a body without a length ({length})");
        var body = new byte[bytes];
        if (await reader!.ReadAtLeastAsync(body, bytes, throwOnEndOfStream: false, cancellationToken) < bytes)
            throw new NoHttpException("the body ends before its length");
        return body;

        string? Header(string name) => headers.Find(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
    }

    /// <summary>A client of HTTP/1.0 knows no chunks: the end of the connection is the end of a body without a length.</summary>
    private async Task<byte[]> RestAsync(CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await reader!.CopyToAsync(body, cancellationToken);
        return body.ToArray();
    }

    private async Task<byte[]> ChunksAsync(CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        while (true)
        {
            var line = await LineAsync(cancellationToken);
            if (!int.TryParse(line, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size))
                throw new NoHttpException($"no chunk size: {line}");
            var chunk = new byte[size + 2];
            if (await reader!.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, cancellationToken) < chunk.Length)
                throw new NoHttpException("the body ends within a chunk");
            if (!chunk.AsSpan(size).SequenceEqual("\r\n"u8)) throw new NoHttpException("a chunk is longer than its size");
            if (size == 0) return body.ToArray();
            body.Write(chunk, 0, size);
        }
    }

    /// <summary>A line without its end; null at the end of the stream.</summary>
    private async Task<string?> LineAsync(CancellationToken cancellationToken)
    {
        const int MaxLine = 32_768;
        var line = new List<byte>();
        var next = new byte[1];
        while (await reader!.ReadAsync(next, cancellationToken) == 1)
        {
            line.Add(next[0]);
            if (line.Count > MaxLine) throw new NoHttpException($"a line of over {MaxLine} bytes");
            if (line is [.., (byte)'\r', (byte)'\n']) return Encoding.Latin1.GetString([.. line[..^2]]);
        }
        return line.Count == 0 ? null : throw new NoHttpException("the answer ends within a line");
    }

    private static bool Closes(Answer answer) => "close".Equals(answer["Connection"], StringComparison.OrdinalIgnoreCase);
}

/// <summary>What came back is not an answer by RFC 9112.</summary>
internal sealed class NoHttpException(string message) : Exception(message);
