using Klanten.Core.Ports;

namespace Klanten.Functions.Http;

/// <summary>Answers with a problem of the standard when an operation throws.</summary>
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
            // The consumer has closed the connection.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            http.Response.Headers["API-version"] = ApiRoute.Version;
            var instance = Guid.NewGuid();
            var answer = new ProblemAnswer(ToProblem(exception, instance), address.UrlsOf(http.Request)) { Instance = instance };
            await answer.ExecuteAsync(http);
        }
    }

    private Problem ToProblem(Exception exception, Guid instance)
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
                // The message is not logged, because it may hold personal data. The type and the stack trace locate the fault,
                // and the consumer can report the instance.
                LogFault(logger, instance, exception.GetType().FullName, exception.StackTrace);
                return Problem.Unexpected;
        }
    }

    [LoggerMessage(LogLevel.Error, "Unexpected {ExceptionType}, answered as urn:uuid:{Instance}\n{StackTrace}")]
    private static partial void LogFault(ILogger logger, Guid instance, string? exceptionType, string? stackTrace);
}
