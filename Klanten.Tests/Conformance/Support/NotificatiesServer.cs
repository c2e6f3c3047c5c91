using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Klanten.Tests.Conformance.Support;

/// <summary>A Notificaties API that keeps what it gets.</summary>
public sealed class NotificatiesServer : LoopbackServer
{
    public const string ClientId = "klanten-api";
    public const string Secret = "geheim-van-klanten-api-van-minstens-32-tekens";

    private readonly Channel<Delivery> deliveries = Channel.CreateUnbounded<Delivery>();
    private readonly ConcurrentQueue<int> refusals = [];

    /// <summary>What tells the program to publish here.</summary>
    public (string, string)[] Settings =>
        [("Klanten:Notificaties:Url", $"{Root}/api/v1/"), ("Klanten:Notificaties:ClientId", ClientId), ("Klanten:Notificaties:Secret", Secret)];

    /// <summary>Answers the next delivery with this status instead of 201.</summary>
    public void Refuse(int status) => refusals.Enqueue(status);

    /// <summary>The next delivery, as soon as it comes; the patience is for a machine that has much else to do.</summary>
    public Task<Delivery> Next() => deliveries.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>The notifications about a klant up to its end, in the order in which they came.</summary>
    public async Task<JsonObject[]> UntilDestroyed(JsonObject klant)
    {
        var about = new List<JsonObject>();
        while (about is not [.., { } last] || last.Text("actie") != "destroy")
        {
            var body = (await Next()).Body;
            if (body.Text("hoofdObject") == klant.Text("url")) about.Add(body);
        }
        return [.. about];
    }

    protected override async Task AnswerAsync(HttpContext http)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        http.Response.StatusCode = refusals.TryDequeue(out var status) ? status : 201;
        http.Response.ContentType = "application/json";
        await deliveries.Writer.WriteAsync(new(http.Request.Method, http.Request.Path, http.Request.ContentType, http.Request.Headers.Authorization, body, http.Response.StatusCode));
        await http.Response.WriteAsync("{}");
    }

    /// <param name="Method">The method.</param>
    /// <param name="Path">The path.</param>
    /// <param name="ContentType">The type of the body.</param>
    /// <param name="Authorization">The header, or null.</param>
    /// <param name="Body">The notification.</param>
    /// <param name="Answer">The status that it was answered with.</param>
    public sealed record Delivery(string Method, string? Path, string? ContentType, string? Authorization, JsonObject Body, int Answer);
}
