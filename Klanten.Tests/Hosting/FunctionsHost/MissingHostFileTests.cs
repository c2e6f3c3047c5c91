using System.Net;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting.FunctionsHost;

public sealed class MissingHostFileTests
{
    [Fact]
    public async Task A_folder_without_host_json_is_not_served()
    {
        using var folder = new TempFolder();
        await using var host = await FunctionsHostDouble.StartAsync(folder.Path, new Dictionary<string, string?>());
        using var client = new HttpClient { BaseAddress = host.BaseAddress };
        using var answer = await client.GetAsync("api/v1/klanten", TestContext.Current.CancellationToken);

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "Function host is not running."),
            (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
