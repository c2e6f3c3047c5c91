using Klanten.Functions.Commands;
using Klanten.Functions.Http;
using Klanten.Functions.Operations;
using Klanten.Functions.Settings;
using Klanten.Functions.Telemetry;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;

namespace Klanten.Functions.Hosts;

/// <summary>
/// The program as the isolated worker of an Azure Functions host: the host receives a request, chooses the function and
/// forwards the request. The pipeline runs around the function, so that both hosts answer alike (ADR 18).
/// </summary>
internal sealed class FunctionsWorker : IFunctionsWorkerMiddleware
{
    private readonly RequestDelegate pipeline;

    public FunctionsWorker(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseOperations((operation, handler) => http => RunAsync(operation.Name, handler, http));
        pipeline = app.Build();
    }

    /// <summary>Only a Functions host passes this argument, directly or through its native placeholder process.</summary>
    public static bool IsStartedByHost(string[] args) => args.Contains("--functions-uri");

    /// <summary>Serves the host until it stops the worker; returns the exit code.</summary>
    /// <exception cref="InvalidSettingsException">The start failed, and the arguments are none of a Functions host.</exception>
    public static async Task<int> RunAsync(string[] args, ProgramStart start)
    {
        // A placeholder process that becomes our worker keeps its own working directory, which has no appsettings.json
        // (azure-functions-dotnet-worker#3413).
        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
        var builder = FunctionsApplication.CreateBuilder(SettingsFiles.Unwatched(args));
        var mistakes = Mistakes(builder.Configuration).ToArray();
        try
        {
            return await RunAsync(builder, start);
        }
        catch (Exception) when (!start.IsOver && mistakes.Length > 0)
        {
            throw new InvalidSettingsException(mistakes);
        }
    }

    private static async Task<int> RunAsync(FunctionsApplicationBuilder builder, ProgramStart start)
    {
        builder.ConfigureFunctionsWebApplication();
        KeepDataProtectionInMemory(builder.Services);
        builder.UseMiddleware<FunctionsWorker>();
        builder.AddKlanten();
        start.KeepSilent(builder.Services);
        _ = Rehearsal.BeginAsync(builder.Configuration);
        builder.Services.AddHostedService<MemoryRelease>();
        builder.Services.AddSingleton<ISettingsRemarks, ProxiesUnderHostRemarks>();
        if (builder.Configuration.ExportsTelemetry())
        {
            builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
        }

        using var host = builder.Build();
        if (ConfigurationErrors.TryReport(host.Services))
        {
            return ExitCode.Failure;
        }
        ConfigurationErrors.PrintRemarks(host.Services);
        return await start.RunAsync(host);
    }

    /// <summary>
    /// What is wrong with the arguments of the host, if the start fails. The worker's library judges them: which it needs depends on how
    /// it was started.
    /// </summary>
    private static IEnumerable<Sentence> Mistakes(ConfigurationManager settings)
    {
        if (!SettingRules.IsUrl(settings["Functions:Worker:HostEndpoint"] ?? ""))
            yield return SettingTexts.Keyed.With("--functions-uri", SettingTexts.NoUrl);
        if (settings["Functions:Worker:WorkerId"] is null)
            yield return SettingTexts.Keyed.With("--functions-worker-id", SettingTexts.Missing);
        if (settings["Functions:Worker:RequestId"] is null)
            yield return SettingTexts.Keyed.With("--functions-request-id", SettingTexts.Missing);
    }

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            return next(context);
        }
        // The worker has routed the request to its own endpoint. Our pipeline routes it again and decides on 404 and 405.
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        // The host makes one line of several: "application/json, application/json" was sent as two.
        if (http.Request.Headers.ContentType is [{ } line])
        {
            http.Request.Headers.ContentType = MediaTypes.ContentType(line.Split(", ")) ?? line;
        }
        http.Features.Set(new Invocation(context, next));
        return pipeline(http);
    }

    /// <summary>
    /// The worker's extension calls AddMvc, which adds Data Protection: that would write keys, unencrypted and with a warning, to the home
    /// folder at the start, and make its provider at the first request. This program protects nothing with them.
    /// </summary>
    private static void KeepDataProtectionInMemory(IServiceCollection services)
    {
        var starts = services.Where(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly);
        foreach (var start in starts.ToArray())
        {
            services.Remove(start);
        }
        services.AddSingleton<IDataProtectionProvider>(_ => new EphemeralDataProtectionProvider());
    }

    /// <summary>
    /// Runs the function that the host invoked, if it is the function of the operation. The host's routing is more lenient than
    /// ours, so it may have chosen another one; the handler then runs the operation without the worker.
    /// </summary>
    private static async Task RunAsync(string operation, RequestDelegate handler, HttpContext http)
    {
        var (context, next) = http.Features.GetRequiredFeature<Invocation>();
        if (context.FunctionDefinition.Name != operation)
        {
            await handler(http);
            return;
        }
        await next(context);
        // The answer is executed here and not by the worker, so that its exceptions reach the error boundary.
        var result = context.GetInvocationResult();
        if (result.Value is not IResult answer)
        {
            return;
        }
        result.Value = null;
        await answer.ExecuteAsync(http);
    }

    /// <summary>The invocation of a request. It is a feature of the HttpContext, which is all that an endpoint receives.</summary>
    private sealed record Invocation(FunctionContext Context, FunctionExecutionDelegate Next);
}
