using System.Text.Json.Nodes;
using Klanten.Core.Ports;
using Klanten.Functions.Http;
using Klanten.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.OpenApi;

/// <summary>Answers of the program of every kind that openapi.yaml describes, with the path that was asked.</summary>
public sealed class RecordedAnswers : IAsyncLifetime
{
    private const string Api = "/api/v1";
    private const string Rsin = "999990639";
    private const string Unknown = "00000000-0000-4000-8000-000000000000";

    private static readonly (string, string)[] Token = [("Authorization", $"Bearer {Support.Token.Of(Applications.Super)}")];
    private static readonly (string, string)[] Other = [("If-Match", "\"x\"")];

    private readonly List<(string Target, Answer Answer)> all = [];
    private KlantenHost? host;

    internal IReadOnlyList<(string Target, Answer Answer)> All => all;

    public async ValueTask InitializeAsync()
    {
        await using var subjects = new SubjectApi();
        await subjects.InitializeAsync();
        host = await KlantenHost.StartAsync(new Dictionary<string, string?>
        {
            ["Klanten:Subject:ToegestaneHosts:0"] = FakeApi.Host,
            ["Klanten:StrikteFilters"] = "true",
        });
        await RecordKlantenAsync(subjects.Found());
        await RecordRefusalsAsync();
        await host.DisposeAsync();
        Exception[] faults =
        [
            new StoreUnavailableException(StoreFault.Unanswered), new StoreUnavailableException(StoreFault.Damaged),
            new StoreUnavailableException(StoreFault.Full), new StoreBusyException(TimeSpan.FromSeconds(1)), new IOException(),
            new BadHttpRequestException("The body stalls.", StatusCodes.Status408RequestTimeout),
        ];
        foreach (var fault in faults) await RecordFaultAsync(fault);
        RecordRemoval();
        RecordWithoutWebsite();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Klanten of every type and form, each read in every way.</summary>
    private async Task RecordKlantenAsync(string subject)
    {
        foreach (var type in new[] { NatuurlijkPersoonType, NietNatuurlijkPersoonType, VestigingType })
        {
            var full = await RecordLifeAsync(Volledig(type, Rsin).With("klantnummer", $"V{type[..4]}"));
            await SendAsync("DELETE", full, null, Other);
            await SendAsync("DELETE", full);
            await RecordLifeAsync(OfType(type, Rsin));
            await RecordLifeAsync(Klant(Rsin).With("subject", subject).With("subjectType", type));
        }
        await RecordLifeAsync(Klant(Rsin).With("subject", subject).With("subjectType", null));
        await RecordLifeAsync(Klant(Rsin).With("subject", subject).With("subjectType", ""));
        await RecordLifeAsync(NatuurlijkPersoon(Rsin).With("websiteUrl", "http://example.com/<>"));
        await RecordLifeAsync(NatuurlijkPersoon(Rsin).With("websiteUrl", "http://müller.nl").With("emailadres", "a@müller.nl"));
        await SendAsync("GET", "/klanten");
        await SendAsync("HEAD", "/klanten");
    }

    /// <summary>Creates a klant, reads it and its trail, and changes it; returns its path.</summary>
    private async Task<string> RecordLifeAsync(JsonObject body)
    {
        var klant = (await SendAsync("POST", "/klanten", body)).ShouldBe(201).Body;
        var path = new Uri(klant.Text("url")).AbsolutePath[Api.Length..];
        var etag = (await SendAsync("GET", path)).ETag;
        await SendAsync("GET", path, null, ("If-None-Match", etag));
        await SendAsync("GET", path, null, Other);
        var trail = await SendAsync("GET", $"{path}/audittrail");
        var entry = $"{path}/audittrail/{trail.Json![0]!.Text("uuid")}";
        await SendAsync("GET", entry, null, ("If-None-Match", (await SendAsync("GET", entry)).ETag));
        await SendAsync("GET", entry, null, Other);
        await SendAsync("PUT", path, klant, Other);
        await SendAsync("PUT", path, klant);
        await SendAsync("PATCH", path, new JsonObject(), Other);
        await SendAsync("PATCH", path, new JsonObject());
        return path;
    }

    private async Task RecordRefusalsAsync()
    {
        var klant = new Uri(await host!.Client.CreateAsync()).AbsolutePath[Api.Length..];
        foreach (var (method, path) in Operations($"/klanten/{Unknown}", Unknown))
        {
            await SendAsync(method, path, Body(method));
            await SendAsync(method, path, Body(method), ("Accept", "text/html"));
            await SendAsync(method, path, Body(method), ("Authorization", "Bearer x"));
            Keep(path, await RawHttp.SendAsync(
                host.Root, $"{method} {Api}{path} HTTP/1.0\r\nConnection: close\r\n\r\n"));
        }
        await SendAsync("GET", "/klanten?page=9");
        await SendAsync("GET", "/klanten?subjectType=x");
        await SendAsync("GET", "/klanten?=x");
        foreach (var (method, path) in new[] { ("POST", "/klanten"), ("PUT", klant), ("PATCH", klant) })
        {
            await SendBytesAsync(method, path, "{"u8.ToArray(), ("Content-Type", "application/json"));
            await SendBytesAsync(method, path, "{}"u8.ToArray(), ("Content-Type", "text/plain"));
            await SendAsync(method, path, new JsonObject { ["bronorganisatie"] = "1" });
            await SendBytesAsync(method, path, new byte[RequestBody.MaxLength + 1], ("Content-Type", "application/json"));
        }
    }

    /// <summary>A store that answers every question with an exception.</summary>
    private async Task RecordFaultAsync(Exception fault)
    {
        var store = new Mock<IKlantStore> { DefaultValueProvider = new Failing(fault) };
        await using var failing = await KlantenHost.StartAsync(replace: services => services.AddSingleton(store.Object));
        foreach (var (method, path) in Operations($"/klanten/{Unknown}", Unknown))
        {
            var isRead = method == "GET";
            var isOfWrites = fault is BadHttpRequestException or StoreUnavailableException { Fault: StoreFault.Full };
            // Only a write has a body that stalls, or needs room.
            if (isRead && isOfWrites) continue;
            if (method == "DELETE" && fault is BadHttpRequestException) continue;
            var body = Body(method) is { } json ? Json.Utf8(json) : null;
            (string, string)[] headers = body is null ? Token : [.. Token, ("Content-Type", "application/json")];
            Keep(path, await RawHttp.SendAsync(failing.Root, method, $"{Api}{path}", body, headers));
        }
    }

    /// <summary>No operation leaves the entry of a removal behind; the program would show it as it shows that of a create.</summary>
    private void RecordRemoval()
    {
        var (target, read) = all.First(item => item.Target.Contains("/audittrail/", StringComparison.Ordinal) && item.Answer.Status == 200);
        var removal = read.Body.With("wijzigingen.oud", read.Body.At("wijzigingen.nieuw")).With("wijzigingen.nieuw", null);
        var headers = new[] { "API-version", "ETag", "Content-Type" }.Select(name => (name, read[name]!));
        Keep(target[Api.Length..], new("GET", "the entry of a removal", 200, headers, Json.Utf8(removal)));
    }

    /// <summary>A klant that was made in a dialect which does not require a website, as other applications see it.</summary>
    private void RecordWithoutWebsite()
    {
        var (target, read) = all.First(item => item.Answer is { Method: "GET", Status: 200 } && item.Answer["ETag"] is not null);
        var headers = new[] { "API-version", "ETag", "Content-Type" }.Select(name => (name, read[name]!));
        Keep(target[Api.Length..], new("GET", "a klant of another dialect", 200, headers, Json.Utf8(read.Body.With("websiteUrl", ""))));
    }

    private static (string Method, string Path)[] Operations(string klant, string entry) =>
    [
        ("GET", "/klanten"), ("POST", "/klanten"), ("GET", klant), ("PUT", klant), ("PATCH", klant), ("DELETE", klant),
        ("GET", $"{klant}/audittrail"), ("GET", $"{klant}/audittrail/{entry}"),
    ];

    private static JsonObject? Body(string method) => method is "GET" or "DELETE" ? null : NatuurlijkPersoon(Rsin);

    private Task<Answer> SendAsync(string method, string path, JsonObject? body = null, params (string, string)[] headers) =>
        SendBytesAsync(
            method, path, body is null ? null : Json.Utf8(body),
            body is null ? headers : [.. headers, ("Content-Type", "application/json")]);

    private async Task<Answer> SendBytesAsync(string method, string path, byte[]? body, params (string Name, string)[] headers)
    {
        (string, string)[] all = headers.Any(header => header.Name == "Authorization") ? headers : [.. Token, .. headers];
        return Keep(path, await RawHttp.SendAsync(host!.Root, method, $"{Api}{path}", body, all));
    }

    private Answer Keep(string path, Answer answer)
    {
        all.Add(($"{Api}{path}", answer));
        return answer;
    }

    private sealed class Failing(Exception exception) : DefaultValueProvider
    {
        protected override object GetDefaultValue(Type type, Mock mock) => throw exception;
    }
}
