using Klanten.Core.Storage;

namespace Klanten.Functions.Http;

/// <summary>Turns whatever escapes an operation into an answer in the form of the standard.</summary>
internal sealed partial class ErrorBoundary(RequestDelegate next, ILogger<ErrorBoundary> logger)
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
            await new ProblemAnswer(ProblemOf(exception)).ExecuteAsync(http);
        }
    }

    private Problem ProblemOf(Exception exception)
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
                // The type and the place tell where to look. The message may hold what a klant sent: it is not logged.
                LogFault(logger, exception.GetType().FullName, exception.StackTrace);
                return Problem.Unexpected;
        }
    }

    [LoggerMessage(LogLevel.Error, "Unexpected {ExceptionType}\n{StackTrace}")]
    private static partial void LogFault(ILogger logger, string? exceptionType, string? stackTrace);
}
