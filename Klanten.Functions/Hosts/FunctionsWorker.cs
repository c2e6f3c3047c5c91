using Klanten.Functions.Operations;
using Klanten.Functions.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;

namespace Klanten.Functions.Hosts;

/// <summary>
/// The program as the isolated worker of an Azure Functions host: the host receives a request, names the function and passes
/// the request on. The pipeline runs around the function here, so that both hosts answer alike (ADR 26).
/// </summary>
internal sealed class FunctionsWorker : IFunctionsWorkerMiddleware
{
    private readonly RequestDelegate pipeline;

    public FunctionsWorker(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseOperations((operation, alone) => http => RunAsync(operation.Name, alone, http));
        pipeline = app.Build();
    }

    /// <summary>Only a Functions host gives this argument (host and native placeholder alike).</summary>
    public static bool IsStartedByHost(string[] args) => args.Contains("--functions-uri");

    /// <summary>Serves the host until it ends the worker; returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        // A reused placeholder process still has the working directory of its own, where no appsettings.json is
        // (azure-functions-dotnet-worker#3413).
        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<FunctionsWorker>();
        builder.AddKlanten();
        if (builder.Configuration.ExportsTelemetry()) builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();

        using var host = builder.Build();
        return ConfigurationErrors.TryReport(host.Services) ? 1 : await host.RunToEndAsync();
    }

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http) return next(context);
        // The worker has routed to an endpoint of its own. Routing anew makes this program decide on 404 and 405.
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        http.Features.Set(new Invocation(context, next));
        return pipeline(http);
    }

    /// <summary>
    /// Runs the function that the host has invoked when it is the one of the operation. When it is not (the host's routing is
    /// more lenient than ours), the operation runs without the worker.
    /// </summary>
    private static async Task RunAsync(string operation, RequestDelegate alone, HttpContext http)
    {
        var (context, next) = http.Features.GetRequiredFeature<Invocation>();
        if (context.FunctionDefinition.Name != operation)
        {
            await alone(http);
            return;
        }
        await next(context);
        // The answer is executed here and not by the worker, so that its exceptions reach the error boundary.
        var result = context.GetInvocationResult();
        if (result.Value is not IResult answer) return;
        result.Value = null;
        await answer.ExecuteAsync(http);
    }

    /// <summary>An endpoint receives nothing but the HttpContext, so the invocation travels in its features.</summary>
    private sealed record Invocation(FunctionContext Context, FunctionExecutionDelegate Next);
}
