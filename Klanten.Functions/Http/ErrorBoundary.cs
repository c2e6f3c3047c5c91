using Klanten.Core.Ports;

namespace Klanten.Functions.Http;

/// <summary>Turns whatever escapes an operation into an answer in the form of the standard.</summary>
internal sealed partial class ErrorBoundary(RequestDelegate next, PublicAddress address, ILogger<ErrorBoundary> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            http.Response.Headers["API-version"] = ApiRoute.Version;
            var instance = Guid.NewGuid();
            await new ProblemAnswer(ProblemOf(exception, instance), address.UrlsOf(http.Request)) { Instance = instance }.ExecuteAsync(http);
        }
    }

    private Problem ProblemOf(Exception exception, Guid instance)
    {
        switch (exception)
        {
            case StoreBusyException busy:
                return Problem.Busy(busy.RetryAfter);
            case KlantTooLargeException:
                return Problem.BodyTooLarge;
            case BadHttpRequestException:
                return Problem.BadRequest;
            default:
                // The type and the place tell where to look, and the instance which answer it was: a consumer can name that.
                // The message may hold what a klant sent: it is not logged.
                LogFault(logger, instance, exception.GetType().FullName, exception.StackTrace);
                return Problem.Unexpected;
        }
    }

    [LoggerMessage(LogLevel.Error, "Unexpected {ExceptionType}, answered as urn:uuid:{Instance}\n{StackTrace}")]
    private static partial void LogFault(ILogger logger, Guid instance, string? exceptionType, string? stackTrace);
}
