namespace Klanten.Functions.Operations;

using None = Func<HttpRequest, CancellationToken, Task<IResult>>;
using One = Func<HttpRequest, string, CancellationToken, Task<IResult>>;
using Two = Func<HttpRequest, string, string, CancellationToken, Task<IResult>>;

/// <summary>
/// Runs an operation without a Functions host. Its method takes the request, then the parameters of its route by name, and
/// at last the token that is cancelled when the consumer leaves; it is bound to a delegate once, not called by reflection.
/// </summary>
internal static class OperationHandler
{
    /// <param name="operation">What to run.</param>
    /// <param name="services">Makes the operation's class when it is first called: that opens the store, which may be slow.</param>
    public static RequestDelegate Create(Operation operation, IServiceProvider services)
    {
        var names = operation.Handler.GetParameters()[1..^1].Select(parameter => parameter.Name!).ToArray();
        return names switch
        {
            [] => Create<None>(operation, services, (run, http) => run(http.Request, http.RequestAborted)),
            [var name] => Create<One>(operation, services, (run, http) => run(http.Request, Value(http, name), http.RequestAborted)),
            [var first, var second] => Create<Two>(
                operation, services, (run, http) => run(http.Request, Value(http, first), Value(http, second), http.RequestAborted)),
            _ => throw new NotSupportedException($"{operation.Name} has more parameters in its route than are bound here."),
        };
    }

    private static RequestDelegate Create<T>(Operation operation, IServiceProvider services, Func<T, HttpContext, Task<IResult>> call)
        where T : Delegate
    {
        // Not kept when it fails: a store that could not be opened may be opened later.
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
