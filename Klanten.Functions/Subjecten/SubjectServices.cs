using Klanten.Core.UseCases;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Subjecten;

internal static class SubjectServices
{
    public static void AddSubjecten(this IServiceCollection services)
    {
        services.AddOptions<SubjectOptions>().BindConfiguration("Klanten:Subject").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ISubjectLookup>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<SubjectOptions>>().Value;
            // Each fetch keeps its own time, redirects included.
            return new SubjectLookup(new(SubjectLookup.Handler(options)) { Timeout = Timeout.InfiniteTimeSpan }, options.Timeout);
        });
    }
}
