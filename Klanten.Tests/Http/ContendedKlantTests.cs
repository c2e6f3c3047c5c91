using System.Net;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Http;

/// <summary>Requests that change one klant at the same time take turns, so that none of them is told that others were first.</summary>
public sealed class ContendedKlantTests
{
    [Fact]
    public async Task All_of_200_changes_of_one_klant_at_once_are_made()
    {
        await using var program = await KlantenHost.StartAsync();
        var url = await program.Client.CreateAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            using var response = await program.Client.SendAsync("PATCH", url, new JsonObject { ["functie"] = $"{i}" });
            return response.StatusCode;
        }));
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        using var trail = await program.Client.SendAsync("GET", $"{url}/audittrail");
        Assert.Equal(201, (await trail.JsonAsync()).AsArray().Count);
    }

    [Fact]
    public async Task A_deletion_among_changes_is_made_and_the_changes_after_it_are_404()
    {
        await using var program = await KlantenHost.StartAsync();
        var url = await program.Client.CreateAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            var (method, body) = i == 30 ? ("DELETE", null) : ("PATCH", new JsonObject { ["functie"] = $"{i}" });
            using var response = await program.Client.SendAsync(method, url, body);
            return response.StatusCode;
        }));
        Assert.Equal(1, answers.Count(status => status == HttpStatusCode.NoContent));
        Assert.DoesNotContain(answers, status => status is not (HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.NoContent));
    }
}
