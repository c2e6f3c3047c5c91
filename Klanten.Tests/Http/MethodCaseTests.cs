using Klanten.Tests.Support;

namespace Klanten.Tests.Http;

/// <summary>Methods are case-sensitive (RFC 9110, 9.1). HttpClient would correct them, and so would a host in front.</summary>
public sealed class MethodCaseTests : IAsyncLifetime
{
    private KlantenHost? host;

    public async ValueTask InitializeAsync() => host = await KlantenHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
    }

    [Theory]
    [InlineData("head")]
    [InlineData("get")]
    [InlineData("Patch")]
    public async Task A_method_in_another_case_is_not_allowed(string method)
    {
        var klant = new Uri(await host!.Client.CreateAsync()).AbsolutePath;
        var answer = await RawHttp.SendAsync(
            host.Root, method, klant, headers: ("Authorization", $"Bearer {Token.Of(Applications.Super)}"));
        answer.ShouldBeProblem(405, "method_not_allowed");
    }

    [Theory]
    [InlineData("/api/v1/schema/openapi.yaml")]
    [InlineData("/api/v1/schema/openapi.json")]
    [InlineData("/healthz/ready")]
    public async Task Neither_is_it_where_no_token_is_needed(string path) =>
        Assert.Equal(405, (await RawHttp.SendAsync(host!.Root, "head", path)).Status);
}
