using Klanten.Functions.Http;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;

namespace Klanten.Functions.Hosts;

/// <summary>
/// Answers in the form of the standard when the setting <c>AllowedHosts</c> does not have the Host of a request. ASP.NET Core, which
/// refuses it before the pipeline begins, would send a page of HTML.
/// </summary>
internal sealed class RefusedHosts(PublicAddress address) : IStartupFilter
{
    private const string AllowedHosts = "AllowedHosts";
    private const string All = "*";

    /// <summary>Does nothing when every host is allowed.</summary>
    public static void AddTo(WebApplicationBuilder builder)
    {
        if (builder.Configuration[AllowedHosts] is null or "" or All)
        {
            return;
        }
        builder.Services.Configure<HostFilteringOptions>(options => options.IncludeFailureMessage = false);
        // The first filter is around all others, that of ASP.NET Core included.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, RefusedHosts>());
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(rest => http => AnswerAsync(rest, http));
        next(app);
    };

    private async Task AnswerAsync(RequestDelegate rest, HttpContext http)
    {
        await rest(http);
        if (http.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false, ContentType: null })
        {
            StandingHeaders.Set(http, address.IsSecure(http.Request));
            // The Host that was refused is not repeated.
            await new ProblemAnswer(Problem.AddressUnknown, PublicUrls.Relative).ExecuteAsync(http);
        }
    }
}
