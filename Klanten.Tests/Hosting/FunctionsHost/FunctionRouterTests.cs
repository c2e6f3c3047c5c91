using System.Text.Json.Nodes;
using Klanten.Tests.Hosting.FunctionsHost.Protocol;

namespace Klanten.Tests.Hosting.FunctionsHost;

/// <summary>Routing in the double, as it was seen on a real host.</summary>
public sealed class FunctionRouterTests
{
    [Theory]
    [InlineData("GET", "/api/klanten", "b_list")]
    [InlineData("POST", "/api/klanten", "c_create")]
    [InlineData("GET", "/API/Klanten/", "b_list")]
    [InlineData("GET", "/api/klanten/1", "B_read")]
    [InlineData("FOO", "/api/klanten", "zz_rest")]
    [InlineData("GET", "/", "zz_rest")]
    [InlineData("GET", "/x//y", "zz_rest")]
    [InlineData("GET", "//x", null)]
    public void The_first_function_by_name_that_fits_is_taken(string method, string path, string? expected)
    {
        var router = new FunctionRouter("", HostFunction.ReadAll(
        [
            Http("zz_rest", "{*path}"),
            Http("c_create", "api/klanten", "post"),
            Http("b_list", "api/klanten", "get"),
            Http("B_read", "api/klanten/{id}", "get"),
            Http("c_read", "api/klanten/{id}", "get"),
        ]));

        Assert.Equal(expected, router.Find(method, path)?.Function.Name);
    }

    [Fact]
    public void The_prefix_comes_before_every_route()
    {
        var router = new FunctionRouter("api", HostFunction.ReadAll([Http("zz_rest", "{*path}")]));

        Assert.Equal(("x", null), (router.Find("GET", "/api/x")?.Values["path"], router.Find("GET", "/x")?.Function.Name));
    }

    private static RpcFunctionMetadata Http(string name, string route, params string[] methods) => new()
    {
        Name = name,
        RawBindings =
        {
            new JsonObject
            {
                ["name"] = "request",
                ["type"] = "httpTrigger",
                ["direction"] = "In",
                ["route"] = route,
                ["methods"] = new JsonArray([.. methods.Select(method => JsonValue.Create(method))]),
            }.ToJsonString(),
        },
    };
}
