using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Klanten.Bench.Programs;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SQLitePCL;

namespace Klanten.Bench.BadDays;

/// <summary>
/// What a published program does on a bad day: one table row a case, with the resident memory before, at its highest and
/// afterwards, and the latency of a GET by id beside the load. The figures stand in docs/reliability.md.
/// </summary>
internal sealed class BadDays(string program, string folder)
{
    private const int Port = 7195;
    private const string SlowSubject = "http://127.0.0.1:7196/";

    /// <summary>The time that a program has to give memory back.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(3);

    /// <param name="program">The program's DLL.</param>
    /// <param name="cases">The cases to run; all of them, dns excepted, when there are none.</param>
    public static async Task RunAsync(string program, string[] cases)
    {
        var folder = Directory.CreateTempSubdirectory("klanten-bad-days-");
        var days = new BadDays(program, folder.FullName);
        var all = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
        {
            ["alone"] = () => days.CaseAsync("alone", [], _ => Task.CompletedTask),
            ["page"] = () => days.CaseAsync("page: 16 GETs at once of 100 of the largest klanten", [], PageAsync),
            ["slow-readers"] = () => days.CaseAsync("slow-readers: 20 that read one such page slowly", [], SlowReadersAsync),
            ["trail"] = () => days.CaseAsync("trail: GET after 300 PATCHes of the largest klant", [], TrailAsync),
            ["tokens"] = () => days.CaseAsync("tokens: 9,900 tokens of 27 kB", [], TokensAsync),
            ["scans"] = () => days.ScansAsync(),
            ["creates"] = () => days.CaseAsync("creates: 400 of 1 MB at once with a slow subject", [], CreatesAsync),
            ["outbox"] = () => days.OutboxAsync(),
            ["dns"] = () => days.CaseAsync("dns: 50 creates whose subject DNS does not answer", [], DnsAsync),
        };
        Console.WriteLine("| case | MB before, highest, after | GET of a klant meanwhile |");
        Console.WriteLine("| --- | --- | --- |");
        try
        {
            foreach (var name in cases.Length > 0 ? cases : [.. all.Keys.Where(name => name != "dns")])
            {
                await all[name]();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private Task<ServedProgram> StartAsync(string store, params string[] settings) =>
        ServedProgram.StartAsync(program, Path.Combine(folder, $"{store}.db"), Port, settings);

    private async Task CaseAsync(string name, string[] settings, Func<ServedProgram, Task> work)
    {
        await using var served = await StartAsync(name.Split(':')[0], settings);
        await MeasureAsync(name, served, work);
    }

    private static async Task MeasureAsync(string name, ServedProgram served, Func<ServedProgram, Task> work)
    {
        var klant = await CreateAsync(served, Bodies.Plain);
        await Latency.DuringAsync(served.Client, [klant], () => Task.CompletedTask, AtLeast);
        var before = served.Process.Megabytes("VmRSS");
        served.Process.ResetPeak();
        var latency = await Latency.DuringAsync(served.Client, [klant], () => work(served), AtLeast);
        var highest = served.Process.Megabytes("VmHWM");
        await Task.Delay(Rest);
        Console.WriteLine($"| {name} | {before}, {highest}, {served.Process.Megabytes("VmRSS")} | {latency} |");
    }

    /// <returns>The URL of the klant.</returns>
    private static async Task<string> CreateAsync(ServedProgram served, string body)
    {
        using var answer = await served.Client.PostAsync(served.Klanten, Bodies.Json(body));
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return answer.IsSuccessStatusCode ? json.GetProperty("url").GetString()! : throw new InvalidOperationException($"{json}");
    }

    /// <summary>The largest klanten that the program takes: it may limit the number of handelsnamen.</summary>
    private static async Task<string> LargestAsync(ServedProgram served)
    {
        foreach (var (items, length) in new[] { (160_000, 1), (100, 625) })
        {
            var body = Bodies.Handelsnamen(items, length);
            using var answer = await served.Client.PostAsync(served.Klanten, Bodies.Json(body));
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                return body;
            }
        }
        throw new InvalidOperationException("No large klant was accepted.");
    }

    private static async Task FillPageAsync(ServedProgram served)
    {
        var body = await LargestAsync(served);
        for (var i = 0; i < 99; i++)
        {
            await CreateAsync(served, body);
        }
    }

    private static async Task PageAsync(ServedProgram served)
    {
        await FillPageAsync(served);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => ReadAsync(served, served.Klanten)));
    }

    private static async Task TrailAsync(ServedProgram served)
    {
        var klant = await CreateAsync(served, await LargestAsync(served));
        for (var i = 0; i < 300; i++)
        {
            using var answer = await served.Client.PatchAsync(klant, Bodies.Json("{}"));
            answer.EnsureSuccessStatusCode();
        }
        await ReadAsync(served, $"{klant}/audittrail");
    }

    /// <summary>Reads the whole answer and keeps nothing of it.</summary>
    private static async Task ReadAsync(ServedProgram served, string url)
    {
        using var answer = await served.Client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        await answer.Content.CopyToAsync(Stream.Null);
    }

    private static async Task SlowReadersAsync(ServedProgram served)
    {
        await FillPageAsync(served);
        var authorization = served.Client.DefaultRequestHeaders.Authorization;
        var readers = Enumerable.Range(0, 20).Select(async _ =>
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            var request = $"GET /api/v1/klanten HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {authorization}\r\n\r\n";
            await socket.SendAsync(Encoding.ASCII.GetBytes(request));
            var buffer = new byte[1024];
            for (var i = 0; i < 100; i++)
            {
                await socket.ReceiveAsync(buffer);
                await Task.Delay(100);
            }
        });
        await Task.WhenAll(readers);
    }

    private static async Task TokensAsync(ServedProgram served)
    {
        var key = new SigningCredentials(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(ServedProgram.Secret)), SecurityAlgorithms.HmacSha256);
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        for (var i = 0; i < 9_900; i++)
        {
            var token = handler.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = ServedProgram.ClientId,
                IssuedAt = DateTime.UtcNow,
                Claims = new Dictionary<string, object>
                {
                    ["client_id"] = ServedProgram.ClientId,
                    ["n"] = i,
                    ["user_representation"] = new string('x', 20_000),
                },
                SigningCredentials = key,
            });
            using var request = new HttpRequestMessage(HttpMethod.Get, served.Klanten + "/" + Guid.Empty);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await served.Client.SendAsync(request);
        }
    }

    /// <summary>Each request is aborted after a tenth of a second, as by a client with little patience.</summary>
    private async Task ScansAsync()
    {
        const string Filter = "?subjectType=natuurlijk_persoon&functie=niemand&page=2";
        Seed("scans", 150_000);
        await CaseAsync("scans: 300 of 150,000 klanten, aborted at once", [], served =>
            Task.WhenAll(Enumerable.Range(0, 300).Select(async _ =>
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(0.1));
                try
                {
                    using var answer = await served.Client.GetAsync(served.Klanten + Filter, patience.Token);
                }
                catch (OperationCanceledException)
                {
                    // As meant.
                }
            })));
    }

    private static async Task CreatesAsync(ServedProgram served)
    {
        using var slow = new TcpListener(IPAddress.Loopback, new Uri(SlowSubject).Port);
        slow.Start(backlog: 1000);
        var body = Bodies.WithSubject(SlowSubject) + new string(' ', 1_000_000);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 400).Select(async _ =>
        {
            try
            {
                using var answer = await served.Client.PostAsync(served.Klanten, Bodies.Json(body));
                return (int)answer.StatusCode;
            }
            catch (HttpRequestException)
            {
                return 0;
            }
        }));
        Console.Error.WriteLine("creates: " + string.Join(", ", statuses.CountBy(s => s).Select(s => $"{s.Value} × {s.Key}")));
    }

    /// <summary>A million notifications wait, for a Notificaties API that does not answer. The load is 16 writers.</summary>
    private async Task OutboxAsync()
    {
        const int Waiting = 1_000_000;
        var path = Path.Combine(folder, "outbox.db");
        await using (await StartAsync("outbox"))
        {
            // The program makes the file.
        }
        Fill(path, Waiting);
        string[] notificaties =
        [
            "Klanten__Notificaties__Url=http://127.0.0.1:9/api/v1/",
            "Klanten__Notificaties__ClientId=klanten",
            $"Klanten__Notificaties__Secret={ServedProgram.Secret}",
        ];
        await using var served = await StartAsync("outbox", notificaties);
        await MeasureAsync("outbox: 16 writers while a million notifications wait", served, async _ =>
        {
            var made = 0;
            var clock = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
            {
                while (clock.Elapsed < TimeSpan.FromSeconds(12))
                {
                    await CreateAsync(served, Bodies.Plain);
                    Interlocked.Increment(ref made);
                }
            }));
            Console.Error.WriteLine($"outbox: {made / 12.0:N0} creates a second");
            var started = Stopwatch.GetTimestamp();
            using var ready = await served.Client.GetAsync($"{served.Root}/healthz/ready");
            Console.Error.WriteLine($"outbox: ready in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:N1} ms");
        });
    }

    private static void Fill(string path, int notifications)
    {
        Batteries_V2.Init();
        raw.sqlite3_open(path, out var connection);
        using (connection)
        {
            raw.sqlite3_exec(
                connection,
                $"""
                 WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {notifications})
                 INSERT INTO outbox (klant, hoofd_object, actie, aanmaakdatum, head)
                 SELECT randomblob(16), 'http://example.com/' || i, 0, 1700000000000000 + i, 1 FROM n;
                 INSERT INTO outbox_count (state, count) VALUES ('waiting', {notifications})
                 ON CONFLICT DO UPDATE SET count = count + excluded.count
                 """);
            Console.Error.WriteLine($"outbox: {raw.sqlite3_errmsg(connection).utf8_to_string()}");
        }
    }

    private void Seed(string store, int klanten)
    {
        var tool = typeof(Klanten.Seed.SampleKlanten).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [tool, "--aantal", klanten.ToString(CultureInfo.InvariantCulture)])
        {
            Environment = { ["Klanten__Sqlite__Pad"] = Path.Combine(folder, $"{store}.db") },
        })!;
        process.WaitForExit();
    }

    /// <summary>
    /// Needs a network of its own whose DNS server is the socket that is opened here: <see cref="BadDaysCommand"/> makes one
    /// where it may.
    /// </summary>
    private static async Task DnsAsync(ServedProgram served)
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 53));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            var body = Bodies.WithSubject($"http://n{i}.slow.example/");
            var started = Stopwatch.GetTimestamp();
            using var answer = await served.Client.PostAsync(served.Klanten, Bodies.Json(body));
            Console.Error.WriteLine($"dns: {(int)answer.StatusCode} in {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s");
        }));
    }
}
