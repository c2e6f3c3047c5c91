using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Klanten.Functions.ExternalApis;

/// <summary>What became of one call of another API.</summary>
/// <param name="Code">The status, or the kind of failure; for metrics.</param>
/// <param name="Description">What happened, as a sentence that begins with the name of the API.</param>
/// <param name="Advice">What an operator can do about it; empty after a success.</param>
internal sealed record CallResult(string Code, string Description, string Advice = "")
{
    public bool IsFailure => Advice.Length > 0;

    public static CallResult Success(HttpStatusCode status) => new(Number(status), $"answered {Number(status)}");

    /// <summary>An answer that is not the one that was asked for.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="section">The section of the configuration that names the API.</param>
    public static CallResult Refused(HttpStatusCode status, string section) =>
        new(Number(status), $"answered {Number(status)}", AdviceFor((int)status, section));

    /// <summary>An answer that is not what this API should send.</summary>
    public static CallResult Unreadable(HttpStatusCode status, string section) =>
        new("unreadable", $"answered {Number(status)} with something else than its JSON", $"check {section}:Url");

    /// <summary>No answer. The message of the exception is not used, because it may hold a URL.</summary>
    public static CallResult Failed(Exception exception, string section)
    {
        var cause = exception.GetBaseException();
        return exception switch
        {
            OperationCanceledException => new("timeout", "did not answer in time", "check the network, DNS, and the load of that API"),
            JsonException => Unreadable(HttpStatusCode.OK, section),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                new("name-not-found", "has a name that is not found", $"check the name in {section}, and DNS"),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                new("tls", "gave no trusted TLS connection", "check its certificate, and whether this machine trusts who issued it"),
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } =>
                new("no-http", "answered with something else than HTTP", $"check the address in {section}"),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                new("too-long", "sent an answer that is too long", $"check the address in {section}"),
            _ when cause is SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
                new("connection-refused", "refused the connection", $"check whether it runs, and the address in {section}"),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
                new("unreachable", "could not be reached", $"check the network, and the address in {section}"),
            _ => new("connection-closed", "closed the connection before it answered", "its own log may say why"),
        };
    }

    private static string AdviceFor(int status, string section) => status switch
    {
        >= 300 and < 400 => $"redirects are not followed, so check {section}:Url",
        401 or 403 => $"check ClientId and Secret in {section}, and what that client may do there",
        404 or 405 or 410 => $"check {section}:Url",
        _ => "its own log may say why",
    };

    private static string Number(HttpStatusCode status) => ((int)status).ToString(CultureInfo.InvariantCulture);
}
