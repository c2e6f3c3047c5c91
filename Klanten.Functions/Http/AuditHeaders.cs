using System.Text;
using Klanten.Core.Model;
using Klanten.Functions.Autorisaties;
using Microsoft.AspNetCore.Http.Features;

namespace Klanten.Functions.Http;

/// <summary>What a write leaves in the audit trail: the caller of the token, and the headers that say why.</summary>
internal static class AuditHeaders
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static AuditContext AuditContext(HttpRequest request) => request.HttpContext.Features.GetRequiredFeature<Access>().ToAuditContext(
        Decode(request.Headers["X-Audit-Toelichting"].ToString()),
        Decode(request.Headers["X-NLX-Logrecord-ID"].ToString()));

    /// <summary>Headers arrive as Latin-1 (see <c>ServerLimits</c>), so that no byte is refused; consumers send UTF-8.</summary>
    private static string Decode(string header)
    {
        if (Ascii.IsValid(header)) return header;
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
