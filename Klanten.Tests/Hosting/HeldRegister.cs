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

    public static async Task<HeldRegister> StartAsync()
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new(await FakeApi.StartAsync(http => released.Task.WaitAsync(http.RequestAborted)), released);
    }

    /// <summary>Sends a create that stays in flight, and returns once it does. The task within is its answer.</summary>
    public async Task<Task<HttpResponseMessage>> HoldAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var asked = Asked;
        var request = new HttpRequestMessage(HttpMethod.Post, "klanten")
        {
            Content = new StringContent(Bodies.NumberedKlant($"{fakeApi.Root}/personen/1").ToJsonString(), null, "application/json"),
        };
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
