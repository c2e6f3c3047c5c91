using System.Globalization;

namespace Klanten.Functions.Commands;

/// <summary>One request that asks a running program whether it is healthy.</summary>
internal static class HealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <returns>The exit code: success when the answer is 2xx.</returns>
    public static async Task<int> RunAsync(string url, CommandConsole console, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return console.Fail(Texts.HealthCheckNoUrl);
        }
        using var client = new HttpClient { Timeout = Timeout };
        try
        {
            using var response = await client.GetAsync(address, cancellationToken);
            var status = (int)response.StatusCode;
            console.Say(status.ToString(CultureInfo.InvariantCulture));
            console.Answer(new() { ["gezond"] = response.IsSuccessStatusCode, ["status"] = status });
            return response.IsSuccessStatusCode ? ExitCode.Success : ExitCode.Failure;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            console.Answer(new() { ["gezond"] = false, ["status"] = null });
            return console.Fail(Texts.HealthCheckSilent);
        }
    }
}
