using System.Net;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>A body that is too large is not read to its end.</summary>
public sealed class LargeBodyTests
{
    [Fact]
    public async Task The_consumer_is_told_that_the_connection_carries_no_other_request()
    {
        await using var program = await KlantenHost.StartAsync();
        using var response = await program.Client.SendAsync("POST", "klanten", new JsonObject { ["functie"] = new string('x', 1024 * 1024) });
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, true), (response.StatusCode, response.Headers.ConnectionClose));
    }
}
