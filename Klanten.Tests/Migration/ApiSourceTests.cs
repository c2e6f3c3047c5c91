using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Klanten.Functions.Migration;
using Klanten.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Klanten.Tests.Migration;

/// <summary>Reading another Klanten API page by page, also on a bad day.</summary>
public sealed class ApiSourceTests : IAsyncLifetime
{
    private const string Secret = "geheim-van-de-bron-van-minstens-32-tekens";

    private readonly FakeApi api = new();
    private readonly SocketsHttpHandler handler = new() { AllowAutoRedirect = false };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => api.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        handler.Dispose();
        return api.DisposeAsync();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(250, 3)]
    public async Task Every_page_is_asked_for_once_and_in_order(int count, int pages)
    {
        api.Answer = Pages(count);
        var parts = await Source().ReadAsync(0, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(count, parts.SelectMany(part => part.Klanten).Select(klant => klant.Id).Distinct().Count());
        Assert.Equal(Math.Max(1, pages), api.Received.Count);
        Assert.Equal("/api/v1/klanten", api.Received[0].PathAndQuery);
        Assert.Equal(
            api.Received.Skip(1).Select((_, i) => $"/api/v1/klanten?page={i + 2}"), api.Received.Skip(1).Select(r => r.PathAndQuery));
        Assert.Equal(1, parts[^1].Fraction);
        Assert.All(parts, part => Assert.Equal(count, part.Count));
    }

    [Fact]
    public async Task A_position_that_was_given_before_is_where_it_goes_on()
    {
        api.Answer = Pages(250);
        var parts = await Source().ReadAsync(2, Cancellation).ToListAsync(Cancellation);
        Assert.Equal("/api/v1/klanten?page=3", Assert.Single(api.Received).PathAndQuery);
        Assert.Equal("pagina 3", Assert.Single(parts).Klanten[0].Place);
    }

    [Fact]
    public async Task A_list_that_has_become_shorter_has_ended()
    {
        api.Answer = Pages(250);
        Assert.Empty(await Source().ReadAsync(3, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Each_request_has_a_token_of_the_client()
    {
        api.Answer = Pages(101);
        await Source().ReadAsync(0, Cancellation).ToListAsync(Cancellation);
        foreach (var request in api.Received)
        {
            Assert.Equal("klanten-over", (string?)Token.ClaimsOf(request["Authorization"]!["Bearer ".Length..], Secret)["client_id"]);
        }
    }

    public static TheoryData<string> PassingFaults => ["408", "429", "500", "502", "503", "cut", "half"];

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task A_fault_that_passes_costs_time_and_no_klant(string fault)
    {
        var failures = 2;
        api.Answer = http => http.Request.Query["page"] == "2" && failures-- > 0 ? FailAsync(http, fault) : Pages(250)(http);
        var parts = await Source().ReadAsync(0, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(250, parts.Sum(part => part.Klanten.Count));
        Assert.Equal(3, api.Received.Count(request => request.PathAndQuery.EndsWith("page=2", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("503", "answered 503: its own log may say why")]
    [InlineData("cut", "closed the connection before it answered")]
    public async Task A_fault_that_lasts_ends_the_import_with_what_is_the_matter(string fault, string told)
    {
        api.Answer = http => FailAsync(http, fault);
        var stopped = await Assert.ThrowsAsync<MigrationException>(() => ReadAsync());
        Assert.Contains("Page 1 cannot be read.", stopped.Message, StringComparison.Ordinal);
        Assert.Contains(told, stopped.Message, StringComparison.Ordinal);
        Assert.Equal(4, api.Received.Count);
    }

    [Theory]
    [InlineData(403, "{}", "Klanten:Importeren:Secret")]
    [InlineData(404, "{}", "check --bron")]
    [InlineData(302, "", "redirects are not followed")]
    [InlineData(400, "{}", "answered 400")]
    [InlineData(200, "<html>geheim</html>", "something else than a page of klanten")]
    [InlineData(200, "[]", "something else than a page of klanten")]
    [InlineData(200, """{"count":1,"results":[]}""", "something else than a page of klanten")]
    [InlineData(200, """{"count":"1","next":null,"results":[]}""", "something else than a page of klanten")]
    public async Task An_answer_that_no_later_attempt_mends_ends_the_import_at_once(int status, string body, string told)
    {
        api.Answer = status == 302 ? FakeApi.Redirect("/elders") : FakeApi.With(status, body);
        var stopped = await Assert.ThrowsAsync<MigrationException>(() => ReadAsync());
        Assert.Contains(told, stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", stopped.Message, StringComparison.Ordinal);
        Assert.Single(api.Received);
    }

    [Fact]
    public async Task An_answer_beyond_the_limit_is_not_read_to_its_end()
    {
        api.Answer = FakeApi.With(200, new string(' ', 200_000));
        var stopped = await Assert.ThrowsAsync<MigrationException>(() => ReadAsync());
        Assert.Contains("too long", stopped.Message, StringComparison.Ordinal);
        Assert.Single(api.Received);
    }

    [Fact]
    public async Task A_klant_without_a_uuid_is_told_with_its_page()
    {
        api.Answer = FakeApi.With(200, """{"count":2,"next":null,"previous":null,"results":[{"url":"x"},7]}""");
        var part = Assert.Single(await Source().ReadAsync(0, Cancellation).ToListAsync(Cancellation));
        Assert.Equal([("geen-uuid", "pagina 1"), ("invalid", "pagina 1")], part.Klanten.Select(klant => (klant.Error!.Code, klant.Place)));
    }

    /// <summary>A list of klanten as the standard gives it.</summary>
    internal static RequestDelegate Pages(int count) => http =>
    {
        var page = int.Parse(http.Request.Query["page"].FirstOrDefault() ?? "1", CultureInfo.InvariantCulture);
        var first = (page - 1) * 100;
        if (first > 0 && first >= count) return FakeApi.With(404, "{}")(http);
        var body = new JsonObject
        {
            ["count"] = count,
            ["next"] = first + 100 < count ? $"http://binnen.example/klanten?page={page + 1}" : null,
            ["previous"] = null,
            ["results"] = new JsonArray([.. Enumerable.Range(first, Math.Min(100, count - first)).Select(Klant)]),
        };
        return FakeApi.With(200, body.ToJsonString())(http);
    };

    /// <summary>The n-th klant of such a list, the same each time it is asked.</summary>
    internal static JsonObject Klant(int n)
    {
        var klant = new JsonObject { ["url"] = $"http://binnen.example/klanten/{Uuid(n)}" };
        var rest = Bodies.NatuurlijkPersoon("999990639").With("klantnummer", $"K{n}");
        rest["subjectIdentificatie"]!["inpBsn"] = "123456782";
        foreach (var (key, value) in rest.ToArray())
        {
            rest.Remove(key);
            klant[key] = value;
        }
        return klant;
    }

    internal static Guid Uuid(int n) => new(n, 0x4B1C, 0x4F2A, 0x8A, 1, 2, 3, 4, 5, 6, 7);

    private static async Task FailAsync(HttpContext http, string fault)
    {
        if (fault == "half")
        {
            http.Response.ContentLength = 10_000;
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("{\"count\":250,"));
            await http.Response.Body.FlushAsync();
        }
        if (int.TryParse(fault, CultureInfo.InvariantCulture, out var status)) http.Response.StatusCode = status;
        else http.Abort();
    }

    private async Task ReadAsync() => await Source().ReadAsync(0, Cancellation).ToListAsync(Cancellation);

    private ApiSource Source()
    {
        var http = new HttpClient(handler, disposeHandler: false) { MaxResponseContentBufferSize = 150_000 };
        TimeSpan[] backoff = [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero];
        return new(http, new Uri($"{api.Root}/api/v1/"), new("klanten-over", Secret, TimeProvider.System), backoff, TimeProvider.System);
    }
}
