using Klanten.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Klanten.Tests.Hosting;

public sealed class FunctionJsonTests
{
    [Fact]
    public void Functions_come_in_the_order_in_which_the_host_tries_them() =>
        Assert.Equal(["a_read", "B_read", "zz_rest"], Map(app =>
        {
            app.Map("{**path}", Nothing).WithName("zz_rest");
            app.MapGet("/api/v1/b", Nothing).WithName("B_read");
            app.MapGet("/api/v1/a", Nothing).WithName("a_read");
        }).Select(f => f.Name));

    [Fact]
    public void An_endpoint_without_a_name_is_left_to_the_function_that_catches_all() =>
        Assert.Empty(Map(app => app.MapGet("/api/v1/a", Nothing)));

    [Fact]
    public void A_path_outside_the_prefix_gets_a_function_beneath_it() =>
        Assert.Equal("healthz/live", Assert.Single(Map(app => app.MapGet("/healthz/live", Nothing).WithName("healthz_live"))).Route);

    [Fact]
    public void An_endpoint_for_every_verb_has_a_function_for_every_verb() =>
        Assert.Null(Assert.Single(Map(app => app.Map("/api/v1/a", Nothing).WithName("a"))).Methods);

    [Fact]
    public void A_timer_has_its_schedule_and_no_route()
    {
        var function = Assert.Single(Map(app => app.MapTimer("outbox", "*/30 * * * * *", _ => Task.CompletedTask)));

        Assert.Equal(("*/30 * * * * *", null), (function.Schedule, function.Route));
    }

    [Fact]
    public void A_function_that_the_host_would_never_reach_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => Map(app =>
        {
            app.Map("{**path}", Nothing).WithName("rest");
            app.MapGet("/api/v1/s", Nothing).WithName("schema");
        }));

    [Fact]
    public void A_name_that_the_host_would_refuse_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => Map(app => app.MapGet("/api/v1/a", Nothing).WithName("een lijst")));

    private static void Nothing(HttpContext http)
    {
    }

    /// <summary>The functions of a program with these endpoints, read back as the host reads them.</summary>
    private static List<HostFunction> Map(Action<WebApplication> map)
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        map(app);
        return
        [
            .. FunctionJson.Of(((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints))
                .Select(f => HostFunction.Read(f.Name, System.Text.Encoding.UTF8.GetBytes(f.Content.ToJsonString()))),
        ];
    }
}
