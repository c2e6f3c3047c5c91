using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Klanten.Tests.Hosting.FunctionsHost;

/// <summary>
/// Which function a request is for. The host tries the functions in order of their names and takes the first that fits; it
/// ignores case and a slash at the end, and a path that begins with two slashes fits nothing.
/// </summary>
internal sealed class FunctionRouter(string prefix, IEnumerable<HostFunction> functions)
{
    private static readonly RouteValueDictionary NoDefaults = [];

    private readonly (HostFunction Function, TemplateMatcher Route)[] routes =
    [
        .. from function in functions
           where function.Route is not null
           orderby function.Name.ToUpperInvariant()
           select (function, new TemplateMatcher(TemplateParser.Parse($"{prefix}/{function.Route}".TrimStart('/')), NoDefaults)),
    ];

    public (HostFunction Function, RouteValueDictionary Values)? Find(string method, PathString path)
    {
        foreach (var (function, route) in routes)
        {
            var values = new RouteValueDictionary();
            if (Takes(function, method) && route.TryMatch(path, values)) return (function, values);
        }
        return null;
    }

    private static bool Takes(HostFunction function, string method) =>
        function.Methods?.Contains(method, StringComparer.OrdinalIgnoreCase) ?? true;
}
