using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Klanten.Functions.ExternalApis;

/// <summary>What became of one call of another API.</summary>
/// <param name="Code">The status, or the kind of failure; for metrics.</param>
/// <param name="Description">What happened, as a sentence that begins with the name of the API.</param>
/// <param name="Advice">What an operator can do about it; null after a success.</param>
internal sealed record CallResult(string Code, Sentence Description, Sentence? Advice = null)
{
    public bool IsFailure => Advice is not null;

    public static CallResult Success(HttpStatusCode status) => new(Number(status), CallTexts.Answered.With((int)status));

    /// <summary>An answer that is not the one that was asked for.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="section">The section of the configuration that names the API.</param>
    public static CallResult Refused(HttpStatusCode status, string section) =>
        new(Number(status), CallTexts.Answered.With((int)status), AdviceFor((int)status, section));

    /// <summary>An answer that is not what this API should send.</summary>
    public static CallResult Unreadable(HttpStatusCode status, string section) =>
        new("unreadable", CallTexts.Unreadable.With((int)status), CallTexts.CheckUrl.With(section));

    /// <summary>No answer. The message of the exception is not used, because it may hold a URL.</summary>
    public static CallResult Failed(Exception exception, string section)
    {
        var cause = exception.GetBaseException();
        return exception switch
        {
            OperationCanceledException => new("timeout", CallTexts.Late, CallTexts.CheckLoad),
            JsonException => Unreadable(HttpStatusCode.OK, section),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                new("name-not-found", CallTexts.NameNotFound, CallTexts.CheckName.With(section)),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                new("tls", CallTexts.NotTrusted, CallTexts.CheckCertificate),
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } =>
                new("no-http", CallTexts.NoHttp, CallTexts.CheckAddress.With(section)),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                new("too-long", CallTexts.TooLong, CallTexts.CheckAddress.With(section)),
            _ when cause is SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
                new("connection-refused", CallTexts.ConnectionRefused, CallTexts.CheckWhetherItRuns.With(section)),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
                new("unreachable", CallTexts.Unreachable, CallTexts.CheckNetwork.With(section)),
            _ => new("connection-closed", CallTexts.ConnectionClosed, CallTexts.SeeItsLog),
        };
    }

    private static Sentence AdviceFor(int status, string section) => status switch
    {
        >= 300 and < 400 => CallTexts.CheckRedirect.With(section),
        401 or 403 => CallTexts.CheckClient.With(section),
        404 or 405 or 410 => CallTexts.CheckUrl.With(section),
        _ => CallTexts.SeeItsLog,
    };

    private static string Number(HttpStatusCode status) => ((int)status).ToString(CultureInfo.InvariantCulture);
}
