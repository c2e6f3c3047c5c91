using Klanten.Core.Ports;
using Klanten.Functions.Storage;
using Microsoft.AspNetCore.Connections;

namespace Klanten.Functions.Http;

/// <summary>Answers with a problem of the standard when an operation throws.</summary>
internal sealed partial class ErrorBoundary(RequestDelegate next, PublicAddress address, ILogger<ErrorBoundary> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        StandingHeaders.Set(http, address.IsSecure(http.Request));
        try
        {
            await next(http);
        }
        catch (Exception exception) when (IsDisconnect(exception, http))
        {
            // Nothing is sent any more. The status is for the metrics: it is neither a success nor a fault of ours.
            if (!http.Response.HasStarted)
            {
                http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            Clear(http);
            var instance = Guid.NewGuid();
            var answer = new ProblemAnswer(ToProblem(exception, instance), address.UrlsOf(http.Request)) { Instance = instance };
            await answer.ExecuteAsync(http);
        }
        catch (Exception exception)
        {
            // The consumer must not take what it has for the whole answer: without the end of the body the connection is reset.
            if (exception is not KlantRemovedException)
            {
                LogAborted(logger, exception.GetType().FullName, exception.StackTrace);
            }
            http.Abort();
        }
    }

    /// <summary>Removes what the operation has set of its answer.</summary>
    private void Clear(HttpContext http)
    {
        http.Response.Clear();
        StandingHeaders.Set(http, address.IsSecure(http.Request));
        if (http.GetEndpoint()?.Metadata.GetMetadata<ApiRoute>() is { IsOutsideApi: false } route)
        {
            StandingHeaders.Set(http, route);
        }
    }

    private Problem ToProblem(Exception exception, Guid instance)
    {
        switch (exception)
        {
            case KlantRemovedException:
                return Problem.NotFound;
            case StoreBusyException busy:
                return Problem.Busy(busy.RetryAfter);
            case ScanRefusedException scan:
                return Problem.ScanRefused(scan.RetryAfter);
            case StoreUnavailableException { Fault: var fault } when fault != StoreFault.Unexpected:
                return fault.ToProblem();
            case StoreRefusedException:
                return StoreFault.Unanswered.ToProblem();
            case KlantTooLargeException:
                return Problem.BodyTooLarge;
            case BadHttpRequestException { StatusCode: var status }:
                return ToProblem(status);
            default:
                // The message is not logged, because it may hold personal data. The type and the stack trace locate the fault,
                // and the consumer can report the instance.
                LogFault(logger, instance, exception.GetType().FullName, exception.StackTrace);
                return Problem.Unexpected;
        }
    }

    /// <summary>The server refused the request while its body was read.</summary>
    private static Problem ToProblem(int status) => status switch
    {
        StatusCodes.Status408RequestTimeout => Problem.RequestTimeout,
        StatusCodes.Status413PayloadTooLarge => Problem.BodyTooLarge,
        _ => Problem.BadRequest,
    };

    /// <summary>Whether the consumer has closed the connection, which a read of the body notices before RequestAborted does.</summary>
    private static bool IsDisconnect(Exception exception, HttpContext http) => exception switch
    {
        ConnectionResetException or ConnectionAbortedException => true,
        OperationCanceledException => http.RequestAborted.IsCancellationRequested,
        _ => false,
    };

    [LoggerMessage(LogLevel.Error, "Unexpected {ExceptionType}, answered as urn:uuid:{Instance}\n{StackTrace}")]
    private static partial void LogFault(ILogger logger, Guid instance, string? exceptionType, string? stackTrace);

    [LoggerMessage(LogLevel.Error, "Unexpected {ExceptionType} after the answer had begun; the connection was closed\n{StackTrace}")]
    private static partial void LogAborted(ILogger logger, string? exceptionType, string? stackTrace);
}
