namespace Klanten.Functions.Operations;

using WithOneParameter = Func<HttpRequest, string, CancellationToken, Task<IResult>>;
using WithoutParameters = Func<HttpRequest, CancellationToken, Task<IResult>>;
using WithTwoParameters = Func<HttpRequest, string, string, CancellationToken, Task<IResult>>;

/// <summary>
/// Runs an operation without a Functions host. The method of an operation takes the request, the parameters of its route by
/// name, and the token that is cancelled when the consumer disconnects. It is bound to a delegate once instead of being
/// invoked by reflection.
/// </summary>
internal static class OperationHandler
{
    /// <param name="operation">The operation to run.</param>
    /// <param name="services">
    /// Creates the operation's class at its first call and not before, because that opens the store, which may be slow.
    /// </param>
    public static RequestDelegate Create(Operation operation, IServiceProvider services)
    {
        var names = operation.Handler.GetParameters()[1..^1].Select(parameter => parameter.Name!).ToArray();
        return names switch
        {
            [] => Create<WithoutParameters>(operation, services, (run, http) => run(http.Request, http.RequestAborted)),
            [var name] => Create<WithOneParameter>(
                operation, services, (run, http) => run(http.Request, Value(http, name), http.RequestAborted)),
            [var first, var second] => Create<WithTwoParameters>(
                operation, services, (run, http) => run(http.Request, Value(http, first), Value(http, second), http.RequestAborted)),
            _ => throw new NotSupportedException($"{operation.Name} has more parameters in its route than the two that are supported."),
        };
    }

    private static RequestDelegate Create<T>(Operation operation, IServiceProvider services, Func<T, HttpContext, Task<IResult>> call)
        where T : Delegate
    {
        // PublicationOnly does not cache an exception: a store that cannot be opened now may be opened at the next request.
        var handler = new Lazy<T>(
            () => operation.Handler.CreateDelegate<T>(services.GetRequiredService(operation.Handler.DeclaringType!)),
            LazyThreadSafetyMode.PublicationOnly);
        return async http =>
        {
            var answer = await call(handler.Value, http);
            await answer.ExecuteAsync(http);
        };
    }

    private static string Value(HttpContext http, string name) => (string)http.Request.RouteValues[name]!;
}
