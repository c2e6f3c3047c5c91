using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Tests.Hosting;
using Klanten.Tests.Hosting.FunctionsHost;
using Klanten.Tests.Hosting.FunctionsHost.Protocol;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Moq;

namespace Klanten.Tests.Telemetry;

/// <summary>
/// Every place that takes text from outside is given a marked text, on every operation, in order and out of order, with
/// every log level on. No mark may come out: not in telemetry, not on a log, not in the body of an error.
/// </summary>
public sealed class LeakTests(PublishedProgram published, ITestOutputHelper output)
{
    /// <summary>What every mark begins with; the rest names the place where it was sent.</summary>
    private const string Mark = "zqmerk";

    private const string Bsn = "111222333";

    private static readonly JsonNode?[] WrongKinds =
    [
        new JsonObject { [Mark + "sleutel"] = Mark + "waarde" }, new JsonArray(Mark + "lijst"), 12345.678, true, null,
    ];

    private readonly ConcurrentDictionary<string, byte> marks = new();
    private readonly List<string> errors = [];
    private HttpClient client = null!;
    private int requests;

    [Fact]
    public async Task Nothing_that_was_sent_comes_out_anywhere_else()
    {
        await using var surroundings = await Surroundings.StartAsync(this);
        await using var program = await KlantenProgram.StartAsync(surroundings.Folder, surroundings.Settings);

        await DriveAsync(program.Root, surroundings, "klanten/{klant_uuid}/audittrail");

        Assert.Contains("dbug: ", program.Output, StringComparison.Ordinal);
        AssertClean(surroundings.Receiver, [program.Output]);
    }

    [Fact]
    public async Task Nothing_that_was_sent_comes_out_of_a_worker_either()
    {
        await using var surroundings = await Surroundings.StartAsync(this);
        await using var host = await FunctionsHostDouble.StartAsync(await published.FolderAsync(), surroundings.Settings);

        await DriveAsync(host.BaseAddress.GetLeftPart(UriPartial.Authority), surroundings, "audittrail_list");

        Assert.Contains(host.Log, line => line.Level <= RpcLog.Types.Level.Debug);
        AssertClean(surroundings.Receiver, [.. host.Log.Select(line => $"{line}"), host.Output]);
        Assert.DoesNotContain(host.Invocations, invocation => invocation.Status == StatusResult.Types.Status.Failure);
    }

    [Fact]
    public async Task Nothing_of_a_fault_comes_out()
    {
        await using var receiver = await TelemetryReceiver.StartAsync();
        var store = new Mock<IKlantStore>(MockBehavior.Strict) { DefaultValue = DefaultValue.Empty };
        var fault = new InvalidOperationException(Marked("fout"), new IOException(Marked("oorzaak")))
        {
            Data = { [Marked("fout-sleutel")] = Marked("fout-gegeven") },
            Source = Marked("fout-bron"),
            HelpLink = Marked("fout-hulp"),
        };
        store.Setup(s => s.ReadAsync(It.IsAny<KlantId>(), It.IsAny<CancellationToken>())).ThrowsAsync(fault);
        store.Setup(s => s.ListAsync(It.IsAny<KlantFilter>(), It.IsAny<PageRequest>(), It.IsAny<CancellationToken>())).ThrowsAsync(fault);
        store.Setup(s => s.CommitAsync(It.IsAny<KlantCommit>(), It.IsAny<CancellationToken>())).ThrowsAsync(fault);
        store.Setup(s => s.ReadAuditTrailAsync(It.IsAny<KlantId>(), It.IsAny<CancellationToken>())).ThrowsAsync(fault);
        store.Setup(s => s.ReadAuditEntryAsync(It.IsAny<KlantId>(), It.IsAny<Guid>(), It.IsAny<CancellationToken>())).ThrowsAsync(fault);
        var outbox = new Mock<IOutbox>();
        outbox.Setup(o => o.StatusAsync(It.IsAny<CancellationToken>())).Throws(fault);
        outbox.Setup(o => o.LeaseAsync(It.IsAny<int>(), It.IsAny<DateTimeOffset>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
            .Throws(fault);
        var log = new LogEverything();
        var settings = receiver.Settings.Concat(NotificatiesApi.SettingsOf("http://127.0.0.1:9")).Concat(Talkative).ToDictionary();
        await using (var program = await KlantenHost.StartAsync(
            settings, services => services.AddSingleton(store.Object).AddSingleton(outbox.Object).AddSingleton<ILoggerProvider>(log)))
        {
            client = program.Client;
            var uuid = Guid.NewGuid();
            await SendAsync("GET", "klanten", expected: 500);
            await SendAsync("POST", "klanten", Bodies.NumberedKlant(), expected: 500);
            foreach (var method in new[] { "GET", "PUT", "PATCH", "DELETE" })
            {
                await SendAsync(method, $"klanten/{uuid}", method is "GET" or "DELETE" ? null : Bodies.NumberedKlant(), expected: 500);
            }
            await SendAsync("GET", $"klanten/{uuid}/audittrail", expected: 500);
            await SendAsync("GET", $"klanten/{uuid}/audittrail/{uuid}", expected: 500);
            await SendAsync("GET", $"{program.Root}/healthz/ready", expected: 503);
            await Eventually.TrueAsync(
                () => receiver.Logs("Unexpected System.InvalidOperationException") && receiver.Logs("The outbox could not be emptied")
                    && receiver.Traces("audittrail/{uuid}"),
                "the faults are exported");
        }
        Assert.Empty(Found(receiver.All.Select(Encoding.Latin1.GetString)));
        Assert.Empty(Found(log.Lines));
        Assert.Empty(Found(errors));
    }

    /// <summary>Every setting that makes the log more verbose.</summary>
    private static Dictionary<string, string?> Talkative => new()
    {
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore.Cors.Infrastructure.CorsService"] = "Trace",
        ["Logging:LogLevel:Microsoft.*.Hosting.Diagnostics"] = "Trace",
        ["Logging:LogLevel:System.Net.Http"] = "Trace",
        ["Logging:Console:LogLevel:Default"] = "Trace",
        ["Logging:Console:LogLevel:Microsoft.AspNetCore.HostFiltering"] = "Trace",
        ["Logging:Console:FormatterOptions:IncludeScopes"] = "true",
        ["Logging:OpenTelemetry:LogLevel:Default"] = "Trace",
        ["Logging:OpenTelemetry:IncludeScopes"] = "true",
        ["Logging:OpenTelemetry:ParseStateValues"] = "true",
    };

    /// <summary>Sends everything, and returns when all that was to be exported has been.</summary>
    /// <param name="root">Where the program is.</param>
    /// <param name="surroundings">The servers that it is configured with.</param>
    /// <param name="span">A text that only a span of the operation audittrail_list has.</param>
    private async Task DriveAsync(string root, Surroundings surroundings, string span)
    {
        var receiver = surroundings.Receiver;
        using (client = ApiClient.Create(root))
        {
            await SendAllAsync(root, surroundings.Register);
        }
        await Eventually.TrueAsync(
            () => receiver.Traces(span) && receiver.Metrics("klanten.subject.lookups") && receiver.Logs("A notification was not delivered"),
            "telemetry of all kinds arrives");
        await FlushedAsync(root, receiver);
    }

    private void AssertClean(TelemetryReceiver receiver, IReadOnlyCollection<string> log)
    {
        var telemetry = receiver.All;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{marks.Count} marks in {requests} requests; searched {telemetry.Count} exports of {telemetry.Sum(t => t.Length)} bytes, " +
            $"{log.Sum(l => l.Length)} characters of log, {errors.Count} errors."));
        Assert.Empty(Found(telemetry.Select(Encoding.Latin1.GetString)));
        Assert.Empty(Found(log));
        Assert.Empty(Found(errors));
    }

    private async Task SendAllAsync(string root, string register)
    {
        var headers = new[]
        {
            "X-Audit-Toelichting", "X-NLX-Logrecord-ID", "User-Agent", "Origin", "Referer", "If-None-Match", "X-Forwarded-For",
            "X-Forwarded-Host", "Forwarded", "X-Correlation-ID", "Request-Id", "Cookie", "baggage", "Correlation-Context", "X-Eigen",
        }
            .Select(name => (Name: name, Value: Marked($"header-{name}")))
            .Append(("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
                .Append(("tracestate", $"merk={Marked("tracestate")}"))
            .ToArray();

        // In order: every field of every kind of klant, through every operation.
        foreach (var type in SubjectType.All)
        {
            var url = await CreatedAsync(Filled(type, register), headers);
            var uuid = url[(url.LastIndexOf('/') + 1)..];
            foreach (var method in new[] { "GET", "HEAD" })
            {
                var list = $"klanten?{Marked("onbekende-parameter")}={Marked("waarde")}";
                foreach (var path in new[] { $"klanten/{uuid}", $"klanten/{uuid}/audittrail", list })
                {
                    await SendAsync(method, path, headers: headers);
                }
            }
            var regel = (string)JsonNode.Parse(await SendAsync("GET", $"klanten/{uuid}/audittrail"))![0]!["uuid"]!;
            await SendAsync("GET", $"klanten/{uuid}/audittrail/{regel}?{Marked("parameter")}", headers: headers);
            await SendAsync("PUT", $"klanten/{uuid}", Filled(type, register), headers);
            await SendAsync("PATCH", $"klanten/{uuid}", Filled(type, register), headers);
            await SendAsync("DELETE", $"klanten/{uuid}", headers: headers);
        }

        // Query strings: every filter, alone; most of these values are not even allowed.
        foreach (var filter in FilterFields.All)
        {
            await SendAsync(
                "GET", $"klanten?{filter.Parameter}={Marked($"filter-{filter.Parameter}")}&page={Marked("page")}", headers: headers);
        }
        await SendAsync("GET", $"klanten?subjectNatuurlijkPersoon__inpBsn={Bsn}");
        await SendAsync("GET", $"klanten?subject=http://{Mark}.example/{Marked("subject-filter")}");

        // Out of order: every field too long, of every wrong kind, and bodies that are no JSON.
        var klant = await CreatedAsync(Bodies.NumberedKlant(), []);
        foreach (var field in Filled(SubjectType.NatuurlijkPersoon, register).Select(f => f.Key).Append(Marked("onbekend-veld")))
            foreach (var wrong in WrongKinds.Append(JsonValue.Create(Marked($"te-lang-{field}") + new string('x', 2000))))
                foreach (var (method, path) in new[] { ("POST", "klanten"), ("PATCH", klant) })
                {
                    await SendAsync(method, path, With(Bodies.NumberedKlant(), field, wrong));
                }
        string[] wrongBodies = [Marked("geen-json"), $"{{\"{Marked("half")}\": ", $"[\"{Marked("lijst")}\"]", $"\"{Marked("tekst")}\""];
        foreach (var body in wrongBodies)
            foreach (var type in new[] { "application/json", "text/plain", $"application/{Mark}" })
            {
                await SendTextAsync("POST", "klanten", body, type);
            }
        await SendTextAsync("POST", "klanten", Marked("te-groot") + new string('x', 1024 * 1024), "application/json");

        // Subjects: what they point to, and what they answer.
        foreach (var subject in new[]
        {
            $"{register}/{Marked("subject-pad")}?bsn={Marked("subject-query")}#{Marked("subject-fragment")}",
            $"{register}/weg/{Marked("subject-404")}", $"{register}/door/{Marked("subject-redirect")}",
            $"{register}/traag/{Marked("subject-traag")}",
            $"http://{Marked("gebruiker")}:{Marked("wachtwoord")}@127.0.0.1:1/{Marked("subject-poort")}",
            $"http://{Mark}-bestaat-niet.invalid/", $"http://10.0.0.1/{Marked("subject-binnen")}",
            $"https://{new Uri(register).Authority}/{Marked("subject-tls")}",
            Marked("geen-url"), $"ftp://{Mark}.example/",
        }) await SendAsync("POST", "klanten", Bodies.NumberedKlant(subject));

        // Paths and methods that do not exist.
        foreach (var path in new[]
        {
            $"klanten/{Marked("uuid")}", $"klanten/{Marked("uuid-van-trail")}/audittrail",
            $"klanten/{Guid.NewGuid()}/audittrail/{Marked("uuid-van-regel")}", Marked("pad"), $"klanten/{Bsn}",
            $"{root}/{Marked("buiten")}", $"{root}/healthz/{Marked("healthz")}", $"{root}/healthz/live?{Marked("healthz-query")}",
            $"{root}/healthz/ready?{Marked("healthz-query")}",
        })
        {
            foreach (var method in new[] { "GET", "POST", "DELETE", "OPTIONS", Mark.ToUpperInvariant() })
            {
                await SendAsync(method, path, headers: headers);
            }
        }

        // Tokens.
        var (super, elders) = (Applications.Super, Applications.Elders);
        foreach (var token in new[]
        {
            Marked("geen-token"), Signed(Marked("client"), new Application("x", null).Secret),
            Signed(super.ClientId, Marked("sleutel") + new string('x', 32)), Signed(super.ClientId, super.Secret),
            Signed(elders.ClientId, elders.Secret),
        })
            foreach (var scheme in new[] { "Bearer", "Basic", Marked("schema") })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "klanten");
                request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {token}");
                await TakeAsync(await client.SendAsync(request, TestContext.Current.CancellationToken), null);
            }

        // A browser from an origin that is not ours, an Accept that is no such thing, and requests that are hardly HTTP.
        await SendAsync(
            "OPTIONS", "klanten",
            headers:
            [
                ("Origin", $"https://{Marked("origin")}.example"), ("Access-Control-Request-Method", Marked("methode")),
                ("Access-Control-Request-Headers", Marked("header")),
            ]);
        await SendAsync("GET", "klanten", headers: [("Accept", $"text/{Marked("accept")}")]);
        foreach (var raw in new[]
        {
            $"GET /{Marked("regel")}\r\n\r\n", $"GET / HTTP/{Mark}\r\n\r\n", $"{Mark} x y z\r\n\r\n",
            $"GET /api/v1/klanten HTTP/1.1\r\nHost: {Marked("host")}.example\r\n{Marked("geen-header")}\r\n\r\n",
            $"GET /api/v1/klanten HTTP/1.1\r\nHost: a\r\nContent-Length: {Mark}\r\n\r\n",
            $"POST /api/v1/klanten HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: {Mark}\r\n\r\n",
            $"GET /api/v1/klanten?{Marked("kapotte-codering")}=%zz%ff HTTP/1.1\r\nHost: a\r\n\r\n",
            $"GET http://{Marked("absoluut")}.example/api/v1/klanten HTTP/1.1\r\nHost: {Marked("andere-host")}.example\r\n" +
                "Connection: close\r\n\r\n",
        }) await SendRawAsync(root, raw);
    }

    private Task RegisterAsync(Microsoft.AspNetCore.Http.HttpContext http)
    {
        http.Response.Headers["X-Antwoord"] = Marked("antwoord-header");
        var path = http.Request.Path.Value!;
        if (path.StartsWith("/traag", StringComparison.Ordinal)) return Task.Delay(Timeout.Infinite, http.RequestAborted);
        if (path.StartsWith("/door", StringComparison.Ordinal))
        {
            return FakeApi.Redirect($"/weg/{Marked("redirect-doel")}?{Marked("redirect-query")}")(http);
        }
        return FakeApi.With(path.StartsWith("/weg", StringComparison.Ordinal) ? 404 : 200, Marked("antwoord-register"), "text/plain")(http);
    }

    /// <summary>A klant of this type in which every field is marked that may hold any text.</summary>
    private JsonObject Filled(string type, string register)
    {
        var klant = new JsonObject
        {
            ["bronorganisatie"] = "999990639",
            ["klantnummer"] = $"zq{marks.Count}",
            ["websiteUrl"] = $"https://example.com/{Marked("websiteUrl")}",
            ["emailadres"] = $"{Marked("emailadres")}@example.com",
            ["subject"] = $"{register}/{Marked("subject")}?bsn={Bsn}",
            ["subjectType"] = type,
        };
        foreach (var field in new[] { "bedrijfsnaam", "functie", "voornaam", "achternaam" }) klant[field] = Marked(field);
        (klant["voorvoegselAchternaam"], klant["telefoonnummer"]) = (Mark, Mark + "0612345678");
        klant["adres"] = new JsonObject
        {
            ["straatnaam"] = Marked("straatnaam"),
            ["huisnummer"] = 1,
            ["postcode"] = Mark,
            ["woonplaatsnaam"] = Marked("woonplaatsnaam"),
        };
        var verblijf = new JsonObject
        {
            ["aoaIdentificatie"] = Marked("aoaIdentificatie"),
            ["gorOpenbareRuimteNaam"] = Marked("gorOpenbareRuimteNaam"),
            ["inpLocatiebeschrijving"] = Marked("inpLocatiebeschrijving"),
        };
        klant["subjectIdentificatie"] = type switch
        {
            SubjectType.NatuurlijkPersoon => new JsonObject
            {
                ["inpBsn"] = Bsn,
                ["anpIdentificatie"] = Mark,
                ["geslachtsnaam"] = Marked("geslachtsnaam"),
                ["voornamen"] = Marked("voornamen"),
                ["geboortedatum"] = Mark,
                ["verblijfsadres"] = verblijf,
            },
            SubjectType.NietNatuurlijkPersoon => new JsonObject
            {
                ["innNnpId"] = Bsn,
                ["statutaireNaam"] = Marked("statutaireNaam"),
                ["bezoekadres"] = Marked("bezoekadres"),
            },
            _ => new JsonObject
            {
                ["vestigingsNummer"] = Mark,
                ["handelsnaam"] = new JsonArray(Marked("handelsnaam")),
                ["verblijfsadres"] = verblijf,
            },
        };
        return klant;
    }

    private string Signed(string clientId, string secret) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object>
            {
                ["client_id"] = clientId,
                ["user_id"] = Marked("user_id"),
                ["user_representation"] = Marked("user_representation"),
                [Marked("claim")] = Marked("claim-waarde"),
            },
            SigningCredentials = new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)), "HS256"),
        });

    private string Marked(string place)
    {
        var mark = Mark + string.Concat(place.Where(char.IsAsciiLetterOrDigit));
        marks[mark] = 0;
        return mark;
    }

    private static JsonObject With(JsonObject klant, string field, JsonNode? value)
    {
        klant[field] = value?.DeepClone();
        return klant;
    }

    private async Task<string> CreatedAsync(JsonObject klant, (string, string)[] headers) =>
        (string)JsonNode.Parse(await SendAsync("POST", "klanten", klant, headers, 201))!["url"]!;

    private Task<string> SendAsync(
        string method, string path, JsonNode? body = null, (string Name, string Value)[]? headers = null, int? expected = null) =>
        SendTextAsync(method, path, body?.ToJsonString(), "application/json", headers, expected);

    private async Task<string> SendTextAsync(
        string method, string path, string? body, string contentType, (string Name, string Value)[]? headers = null, int? expected = null)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }
        foreach (var (name, value) in headers ?? []) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await TakeAsync(await client.SendAsync(request, TestContext.Current.CancellationToken), expected);
    }

    private async Task<string> TakeAsync(HttpResponseMessage response, int? expected)
    {
        using (response)
        {
            requests++;
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (expected is not null)
            {
                Assert.Equal((expected, ""), ((int)response.StatusCode, (int)response.StatusCode == expected ? "" : body));
            }
            if (!response.IsSuccessStatusCode) errors.Add(body);
            return body;
        }
    }

    /// <summary>Without a look at the answer: the type of a problem is an address below the host that the request named.</summary>
    private async Task SendRawAsync(string root, string request)
    {
        requests++;
        using var socket = new TcpClient();
        await socket.ConnectAsync(new Uri(root).Host, new Uri(root).Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        socket.Client.Shutdown(SocketShutdown.Send);
        await stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
    }

    /// <summary>Returns when what was sent until now has been exported: a later request has been.</summary>
    private static async Task FlushedAsync(string root, TelemetryReceiver receiver)
    {
        var exports = receiver.All.Count;
        using var last = ApiClient.Create(root);
        await last.SendAsync("GET", "klanten");
        await Eventually.TrueAsync(() => receiver.All.Count > exports + 6, "all is exported");
    }

    private static IEnumerable<string> Found(IEnumerable<string> texts)
    {
        foreach (var text in texts)
            foreach (var mark in new[] { Mark, Bsn })
                for (var at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(
                    mark, at + 1, StringComparison.OrdinalIgnoreCase))
                    yield return string.Concat(
                        text.AsSpan(Math.Max(0, at - 150), at - Math.Max(0, at - 150)), text.AsSpan(at, Math.Min(60, text.Length - at)));
    }

    /// <summary>The APIs around a program, whose answers are marked too, and the settings that name them.</summary>
    private sealed class Surroundings : IAsyncDisposable
    {
        private readonly TempFolder folder = new();
        private FakeApi[] apis = [];

        public TelemetryReceiver Receiver { get; private set; } = null!;

        public string Folder => folder.Path;

        public string Register => apis[0].Root;

        public Dictionary<string, string?> Settings =>
            new(
            [
                .. Applications.Settings, .. Receiver.Settings, .. NotificatiesApi.SettingsOf(apis[1].Root),
                .. AutorisatiesApi.SettingsOf(apis[2].Root), .. Talkative,
            ])
            {
                ["Klanten:Sqlite:Pad"] = folder.Database,
                ["Klanten:Subject:ToegestaneHosts:0"] = "127.0.0.1",
                ["Klanten:Subject:Timeout"] = "00:00:00.5",
                ["Klanten:Cors:Origins:0"] = "https://portaal.example",
            };

        public static async Task<Surroundings> StartAsync(LeakTests test) => new()
        {
            Receiver = await TelemetryReceiver.StartAsync(),
            apis =
            [
                await FakeApi.StartAsync(test.RegisterAsync),
                await FakeApi.StartAsync(FakeApi.With(500, $$"""{"detail": "{{test.Marked("antwoord-notificaties")}}"}""")),
                await FakeApi.StartAsync(FakeApi.With(200, $$"""[{"clientIds": "{{test.Marked("antwoord-autorisaties")}}"}]""")),
            ],
        };

        public async ValueTask DisposeAsync()
        {
            foreach (var fakeApi in apis) await fakeApi.DisposeAsync();
            await Receiver.DisposeAsync();
            folder.Dispose();
        }
    }
}
