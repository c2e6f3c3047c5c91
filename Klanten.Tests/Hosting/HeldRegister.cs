using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>
/// A register that does not answer until the test lets it: the create of a klant whose subject it has is a request in flight.
/// </summary>
internal sealed class HeldRegister : IAsyncDisposable
{
    private readonly FakeApi fakeApi;
    private readonly TaskCompletionSource released;

    private HeldRegister(FakeApi fakeApi, TaskCompletionSource released) => (this.fakeApi, this.released) = (fakeApi, released);

    /// <summary>The configuration of a program that looks up subjects here.</summary>
    public static Dictionary<string, string?> Settings => new()
    {
        ["Klanten:Subject:ToegestaneHosts:0"] = "127.0.0.1",
        ["Klanten:Subject:Timeout"] = "00:00:30",
    };

    /// <summary>How often it was asked.</summary>
    public int Asked => fakeApi.Received.Count;

    private string Subject => $"{fakeApi.Root}/personen/1";

    public static async Task<HeldRegister> StartAsync()
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new(await FakeApi.StartAsync(http => released.Task.WaitAsync(http.RequestAborted)), released);
    }

    /// <summary>Sends a create that stays in flight, and returns once it does. The task within is its answer.</summary>
    public Task<Task<HttpResponseMessage>> HoldAsync(HttpClient client, CancellationToken cancellationToken) =>
        HoldAsync(client, HttpMethod.Post, "klanten", Bodies.NumberedKlant(Subject), cancellationToken);

    /// <summary>The same for a change of a klant.</summary>
    public Task<Task<HttpResponseMessage>> HoldAsync(HttpClient client, string klant, CancellationToken cancellationToken) =>
        HoldAsync(client, HttpMethod.Patch, klant, new() { ["subject"] = Subject }, cancellationToken);

    private async Task<Task<HttpResponseMessage>> HoldAsync(
        HttpClient client, HttpMethod method, string url, JsonObject body, CancellationToken cancellationToken)
    {
        var asked = Asked;
        var request = new HttpRequestMessage(method, url) { Content = new StringContent(body.ToJsonString(), null, "application/json") };
        var answer = client.SendAsync(request, cancellationToken);
        await Eventually.TrueAsync(() => Asked > asked, "the register is asked");
        return answer;
    }

    public void Release() => released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await fakeApi.DisposeAsync();
    }
}
