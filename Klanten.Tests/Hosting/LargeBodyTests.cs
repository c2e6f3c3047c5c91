using System.Net;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>A body that is too large is not read to its end.</summary>
public sealed class LargeBodyTests
{
    [Fact]
    public async Task The_answer_closes_the_connection()
    {
        await using var program = await KlantenHost.StartAsync();
        using var response = await program.Client.SendAsync(
            "POST", "klanten", new JsonObject { ["functie"] = new string('x', 1024 * 1024) });
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, true), (response.StatusCode, response.Headers.ConnectionClose));
    }
}
