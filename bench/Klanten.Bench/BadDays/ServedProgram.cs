using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Klanten.Functions.Commands;

namespace Klanten.Bench.BadDays;

/// <summary>A published program in a process of its own, on a store of its own, with one klant to read.</summary>
internal sealed class ServedProgram : IAsyncDisposable
{
    public const string ClientId = "bench";
    public const string Secret = "bench-geheim-dat-alleen-op-deze-machine-geldt";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;

    private ServedProgram(Process process, int port)
    {
        this.process = process;
        Root = $"http://127.0.0.1:{port}";
        Client = new(new SocketsHttpHandler { PooledConnectionLifetime = Patience }) { Timeout = Patience };
        var token = TokenCommand.Token(ClientId, Secret, DateTimeOffset.UtcNow);
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public string Root { get; }

    public string Klanten => $"{Root}/api/v1/klanten";

    /// <summary>Sends a token of an application with all rights.</summary>
    public HttpClient Client { get; }

    /// <summary>The URL of the klant to read.</summary>
    public string Klant { get; private set; } = "";

    /// <param name="program">The program's DLL.</param>
    /// <param name="store">The database file, whose folder exists.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="settings">Settings, as <c>Klanten__…=value</c>.</param>
    public static async Task<ServedProgram> StartAsync(string program, string store, int port, params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all =
        [
            "DOTNET_ENVIRONMENT=Production",
            $"ASPNETCORE_URLS=http://127.0.0.1:{port}",
            $"Klanten__Sqlite__Pad={store}",
            $"Klanten__Applicaties__0__ClientIds__0={ClientId}",
            $"Klanten__Applicaties__0__Secret={Secret}",
            "Klanten__Applicaties__0__HeeftAlleAutorisaties=true",
            "Klanten__Subject__ToegestaneHosts__0=127.0.0.1",
            .. settings,
        ];
        foreach (var setting in all)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            start.Environment[setting[..equals]] = setting[(equals + 1)..];
        }
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.Write(line.Data is null ? "" : line.Data + "\n");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var served = new ServedProgram(process, port);
        await served.AwaitAsync();
        served.Klant = await served.CreateAsync(Bodies.Plain);
        return served;
    }

    public async Task<string> CreateAsync(string body)
    {
        using var answer = await Client.PostAsync(Klanten, Bodies.Json(body));
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return answer.IsSuccessStatusCode ? json.GetProperty("url").GetString()! : throw new InvalidOperationException($"{json}");
    }

    /// <summary>A line of /proc/PID/status in MB, such as <c>VmRSS</c> (resident) or <c>VmHWM</c> (its highest value).</summary>
    public long Megabytes(string name)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Makes <c>VmHWM</c> start again from the present value (proc(5), clear_refs).</summary>
    public void ResetPeak() => File.WriteAllText($"/proc/{process.Id}/clear_refs", "5");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task AwaitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!limit.IsCancellationRequested)
        {
            try
            {
                using var answer = await Client.GetAsync($"{Root}/healthz/ready", limit.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }
}

/// <summary>Bodies of requests.</summary>
internal static class Bodies
{
    /// <summary>A small klant, without a klantnummer: the program generates it.</summary>
    public const string Plain =
        """
        {"bronorganisatie":"517439943","websiteUrl":"http://example.com","voornaam":"Bench","achternaam":"Bench",
         "subjectType":"natuurlijk_persoon","subjectIdentificatie":{"inpBsn":"123456782"}}
        """;

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public static string WithSubject(string url) =>
        Plain.Replace("\"voornaam\"", $"\"subject\":\"{url}\",\"voornaam\"", StringComparison.Ordinal);

    /// <summary>A klant with this many handelsnamen, each of this many characters.</summary>
    public static string Handelsnamen(int items, int length)
    {
        var names = string.Join(',', Enumerable.Repeat($"\"{new string('\u00e9', length)}\"", items));
        return
            $$$"""
            {"bronorganisatie":"517439943","websiteUrl":"http://example.com","subjectType":"vestiging",
             "subjectIdentificatie":{"vestigingsNummer":"123456789012","handelsnaam":[{{{names}}}]}}
            """;
    }
}
