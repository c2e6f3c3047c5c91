using System.Globalization;
using System.Text;
using Klanten.Tests.Support;

namespace Klanten.Tests.Fuzzing;

/// <summary>Puts a request in the lines and lengths of HTTP/1.1 (RFC 9112), or in what looks like them.</summary>
internal sealed class Framing(Chance chance)
{
    /// <summary>With a Content-Length, or sometimes in chunks.</summary>
    public WireRequest Of(string method, string target, string host, List<(string Name, string Value)> headers, byte[]? body)
    {
        var lines = Lines(host, headers);
        var framed = body ?? [];
        if (body is not null && chance.OneIn(5))
        {
            lines.Append("Transfer-Encoding: chunked\r\n");
            framed = Chunked(body);
        }
        else if (body is not null)
        {
            AddLength(lines, body.Length);
        }
        return Request(method, target, $"{method} {target} HTTP/1.1", lines, framed);
    }

    /// <summary>A body whose length is told wrongly, twice or not at all, or lines that are none of HTTP/1.1's.</summary>
    public WireRequest Odd(string method, string target, string host, List<(string Name, string Value)> headers, byte[] body)
    {
        var lines = Lines(host, headers);
        var requestLine = $"{method} {target} HTTP/1.1";
        switch (chance.Below(8))
        {
            case 0:
                requestLine = $"{method} {target} {(chance.OneIn(3) ? "HTTP/1.0" : chance.Pick(OddParts.HttpVersions))}";
                AddLength(lines, body.Length);
                break;
            case 1:
                AddLength(lines, chance.OneIn(2) ? chance.Pick(OddParts.Lengths) : body.Length + chance.Pick(-1, 1));
                break;
            case 2:
                AddLength(lines, body.Length);
                AddLength(lines, body.Length + chance.Below(2));
                break;
            case 3:
                AddLength(lines, body.Length);
                lines.Append("Transfer-Encoding: chunked\r\n");
                body = Chunked(body);
                break;
            case 4:
                lines.Append(CultureInfo.InvariantCulture, $"Transfer-Encoding: {chance.Pick(OddParts.Codings)}\r\n");
                body = Chunked(body);
                break;
            case 5:
                lines.Append("Transfer-Encoding: chunked\r\n");
                var size = Encoding.Latin1.GetBytes($"{chance.Pick(OddParts.ChunkSizes)}\r\n");
                body = [.. size, .. body, .. Encoding.Latin1.GetBytes(chance.Pick("\r\n0\r\n\r\n", "0\r\n\r\n", ""))];
                break;
            case 6:
                AddLength(lines, body.Length);
                lines.Append(chance.Pick(OddParts.Lines));
                break;
            default:
                AddLength(lines, body.Length);
                requestLine = $"{method}{chance.Pick("  ", "\t", "", "\r\n")}{target} HTTP/1.1";
                break;
        }
        return Request(method, target, requestLine, lines, body);
    }

    private static StringBuilder Lines(string host, List<(string Name, string Value)> headers)
    {
        var lines = new StringBuilder(host);
        foreach (var (name, value) in headers) lines.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        return lines;
    }

    private static void AddLength(StringBuilder lines, object length) =>
        lines.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");

    private static WireRequest Request(string method, string target, string requestLine, StringBuilder lines, byte[] body) =>
        new(method, target, $"{requestLine}\r\n{lines}"[..^2], body);

    /// <summary>In pieces of any size, some with an extension, sometimes with a trailer (RFC 9112, 7.1).</summary>
    private byte[] Chunked(byte[] body)
    {
        using var framed = new MemoryStream();
        for (var at = 0; at < body.Length;)
        {
            // A large body in pieces of a byte would be all framing.
            var size = body.Length > 10_000 ? body.Length - at : Math.Min(body.Length - at, chance.Pick(1, 7, 100, 4096));
            framed.Write(Encoding.ASCII.GetBytes($"{size:x}{(chance.OneIn(5) ? ";a=b" : "")}\r\n"));
            framed.Write(body, at, size);
            framed.Write("\r\n"u8);
            at += size;
        }
        framed.Write(Encoding.ASCII.GetBytes($"0\r\n{(chance.OneIn(5) ? "X-Trailer: a\r\n" : "")}\r\n"));
        return framed.ToArray();
    }
}
