using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Klanten.Tests.Support;

/// <summary>A Notificaties API: every notification that it receives can be awaited.</summary>
public sealed class NotificatiesApi : FakeApi
{
    public const string ClientId = "klanten-api";
    public const string Secret = "geheim-bij-de-notificaties-api-van-32-tekens";

    /// <summary>Long enough for a machine that is busy with other tests.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Channel<Delivery> deliveries = Channel.CreateUnbounded<Delivery>();
    private readonly ConcurrentQueue<int> refusals = [];

    public NotificatiesApi() => Answer = AnswerAsync;

    public static Dictionary<string, string?> SettingsOf(string root) => new()
    {
        ["Klanten:Notificaties:Url"] = $"{root}/api/v1",
        ["Klanten:Notificaties:ClientId"] = ClientId,
        ["Klanten:Notificaties:Secret"] = Secret,
    };

    /// <summary>Answers the next delivery with this status instead of 201.</summary>
    public void Refuse(int status) => refusals.Enqueue(status);

    /// <summary>The next delivery, as soon as it comes.</summary>
    public Task<Delivery> Next() => deliveries.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    /// <summary>The notifications about a klant up to its removal, in the order in which they came.</summary>
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

    private async Task AnswerAsync(HttpContext http)
    {
        var delivery = new Delivery(Request(http), refusals.TryDequeue(out var status) ? status : 201);
        await deliveries.Writer.WriteAsync(delivery);
        await With(delivery.Answer, "{}")(http);
    }

    /// <param name="Request">The request that delivered it.</param>
    /// <param name="Answer">The status that it was answered with.</param>
    public sealed record Delivery(Received Request, int Answer)
    {
        /// <summary>The notification.</summary>
        public JsonObject Body => Request.Json.AsObject();
    }
}
