using Klanten.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Klanten.Tests.Hosting;

/// <summary>The command that a container runs to check whether the server in it is healthy.</summary>
public sealed class HealthCheckCommandTests(PublishedProgram published)
{
    [Theory]
    [InlineData(StatusCodes.Status200OK, 0)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, 1)]
    public async Task The_exit_code_shows_whether_the_program_is_healthy(int status, int exitCode)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal((exitCode, $"{status}"), await CheckAsync(app.Urls.Single()));
    }

    [Fact]
    public async Task A_program_that_does_not_answer_is_unhealthy() =>
        Assert.Equal((1, "no answer"), await CheckAsync("http://127.0.0.1:1"));

    private async Task<(int ExitCode, string Output)> CheckAsync(string url)
    {
        var folder = await published.FolderAsync();
        var (exitCode, output) = await ChildProcess.RunAsync(
            Path.Combine(folder, "Klanten.Functions"),
            ["healthcheck", "--url", url],
            folder,
            new Dictionary<string, string?> { ["LC_ALL"] = "en" });
        return (exitCode, output.Trim());
    }
}
