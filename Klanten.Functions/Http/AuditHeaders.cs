using System.Text;
using Klanten.Core.Model;
using Klanten.Functions.Autorisaties;
using Microsoft.AspNetCore.Http.Features;

namespace Klanten.Functions.Http;

/// <summary>Reads what the audit trail records of a request: its caller, and the headers that explain it.</summary>
internal static class AuditHeaders
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static AuditContext AuditContext(HttpRequest request)
    {
        // RequestGate sets the caller before it lets a request through to an operation.
        var caller = request.HttpContext.Features.GetRequiredFeature<Caller>();
        return caller.ToAuditContext(
            Decode(request.Headers["X-Audit-Toelichting"].ToString()),
            Decode(request.Headers["X-NLX-Logrecord-ID"].ToString()));
    }

    /// <summary>Consumers send UTF-8, but the server decodes headers as Latin-1, which accepts every byte (<c>ServerLimits</c>).</summary>
    private static string Decode(string header)
    {
        if (Ascii.IsValid(header))
        {
            return header;
        }
        try
        {
            return Utf8.GetString(Encoding.Latin1.GetBytes(header));
        }
        catch (DecoderFallbackException)
        {
            return header;
        }
    }
}
