using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using Scalar.AspNetCore;

namespace Klanten.Functions.Pages;

/// <summary>
/// The reference of the API for people: Scalar, as it is in the package, on the OpenAPI document of this program. Its policy lets it ask
/// nothing of another host.
/// </summary>
public sealed class ApiReferenceView
{
    /// <summary>Scalar writes its styles into the page, and draws with images in its own text.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Start = "naslag.js";

    private readonly DemoToken demo;
    private readonly Lazy<string> page = new(() => EmbeddedText.Read("pages/api/page.html"));
    private readonly Lazy<string> start = new(() => EmbeddedText.Read($"pages/api/{Start}"));
    private readonly Lazy<byte[]> scalar = new(ReadScalar);

    internal ApiReferenceView(DemoToken demo) => this.demo = demo;

    /// <summary>The answer with the page; without the slash at its end, its address is redirected (301).</summary>
    public IResult Page(HttpRequest request) => PageFrame.ToSlash(request) ?? PageFrame.AnswerOnce(
        request,
        PageFrame.Fill(page.Value, _ => HtmlEncoder.Default.Encode(demo.For(request)?.Token ?? "")),
        ContentSecurityPolicy);

    /// <summary>The answer with the script that starts Scalar.</summary>
    public IResult StartScript() => Results.Text(start.Value, "text/javascript", Encoding.UTF8);

    /// <summary>The answer with Scalar itself, compressed as it is in the package unless the browser cannot take that.</summary>
    public IResult ScalarScript(HttpRequest request)
    {
        const string Type = "text/javascript; charset=utf-8";
        var headers = request.HttpContext.Response.Headers;
        headers.Vary = $"{headers.Vary}, Accept-Encoding";
        if (!request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return Results.Stream(new GZipStream(new MemoryStream(scalar.Value), CompressionMode.Decompress), Type);
        }
        headers.ContentEncoding = "gzip";
        return Results.Bytes(scalar.Value, Type);
    }

    private static byte[] ReadScalar()
    {
        using var resource = typeof(ScalarOptions).Assembly.GetManifestResourceStream("ScalarStaticAssets.scalar.js")
            ?? throw new InvalidOperationException("The package of Scalar has its script under another name.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
