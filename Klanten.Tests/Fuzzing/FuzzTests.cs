using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Fuzzing;

/// <summary>
/// Requests that are mostly well formed, over a socket, to the program in a process of its own: whatever is sent, the answer is HTTP, is
/// no error of ours, is bounded, and has the form of the standard; what was created can be read back and put back; and at the end the
/// register has exactly the klanten that the answers said.
/// <c>scripts/random-tests.sh</c> does it for as long as asked. A broken rule is reported with the smallest request that broke it.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int RequestsInSuite = 6_000;
    private const int SeedInSuite = 20_261_125;

    private readonly TempFolder folder = new();
    private readonly SubjectApi subjects = new();
    private readonly Dictionary<string, Finding> findings = [];
    private readonly SortedDictionary<int, int> statuses = [];
    private readonly Register register = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await subjects.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await subjects.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Whatever_is_sent_the_answer_keeps_the_rules_and_the_register_is_what_was_answered()
    {
        var seconds = Effort.Rounds("KLANTEN_FUZZ_SECONDS", inSuite: 0);
        var seed = Effort.Rounds("KLANTEN_FUZZ_SEED", inSuite: seconds == 0 ? SeedInSuite : Random.Shared.Next());
        output.WriteLine($"seed {seed}");
        await using var program = await KlantenProgram.StartAsync(folder.Path, Settings());
        using var connection = new WireConnection(program.Root);
        var chance = new Chance(seed);
        var requests = new Requests(chance, new(chance, subjects), register, new Uri(program.Root).Authority);

        var clock = Stopwatch.StartNew();
        var sent = 0;
        while (seconds == 0 ? sent < RequestsInSuite : clock.Elapsed.TotalSeconds < seconds)
        {
            sent++;
            await TryAsync(connection, requests, requests.Next());
        }
        var differences = await CompareAsync(connection, requests);

        var succeeded = statuses.Where(status => status.Key < 400).Sum(status => status.Value);
        var counts = string.Join(", ", statuses.Select(status => $"{status.Value} × {status.Key}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{sent} requests in {clock.Elapsed.TotalSeconds:f0} s: {counts}. {register.Count} klanten, and perhaps " +
            $"{register.PerhapsCreated} more. {findings.Count} rules broken."));
        Assert.True(findings.Count == 0, string.Join("\n\n", findings.Values.Select(finding => $"seed {seed}: {finding}")));
        Assert.Equal([], differences);
        Assert.True(succeeded > sent / 3, $"Too few requests get past the first checks: {counts}");
        Assert.DoesNotContain("Exception", program.Output, StringComparison.Ordinal);
    }

    private Dictionary<string, string?> Settings() => new(Applications.Settings)
    {
        ["Klanten:Sqlite:Pad"] = folder.Database,
        ["Klanten:Subject:ToegestaneHosts:0"] = FakeApi.Host,
    };

    private async Task TryAsync(WireConnection connection, Requests requests, WireRequest request)
    {
        if (await SendAsync(connection, request) is not { } answer)
        {
            if (request.Method is "POST" or "PUT" or "PATCH" or "DELETE") register.NotAnswered(request);
            return;
        }
        if (request.Method == "DELETE" && answer.Status == 204) register.Remove(request.Target.Split('/', '?')[4]);
        if (answer.Status is not (200 or 201) || request.Method is not ("POST" or "PUT" or "PATCH")) return;
        var klant = register.Keep(answer);
        if (request.Method == "POST") await ReadBackAsync(connection, requests, request, klant);
    }

    /// <summary>A klant that was created is read as it was answered, has an ETag that holds, and can be put back as it is.</summary>
    private async Task ReadBackAsync(WireConnection connection, Requests requests, WireRequest request, KnownKlant klant)
    {
        var path = $"/klanten/{klant.Uuid}";
        if (await SendAsync(connection, requests.Plain("GET", path)) is not { } read) return;
        if (!JsonNode.DeepEquals(ContentOf(read), klant.Content)) Find("it is read otherwise than created", request, read);
        klant.ETag = read["ETag"];
        var unchanged = await SendAsync(connection, requests.Plain("GET", path, headers: ("If-None-Match", klant.ETag ?? "")));
        if (unchanged is { Status: not 304 }) Find("its ETag does not hold", request, unchanged);
        if (register.Count % 4 > 0) return;
        var put = await SendAsync(connection, requests.Plain("PUT", path, read.Text, ("Content-Type", "application/json")));
        if (put is { Status: not 200 }) Find($"what GET answered cannot be PUT: {put.Status}", request, put);
        else if (put is not null && !JsonNode.DeepEquals(ContentOf(put), klant.Content)) Find("PUT of it changes it", request, put);
        var trail = await SendAsync(connection, requests.Plain("GET", $"{path}/audittrail"));
        if (trail is { Status: 200 }) klant.AuditEntry = trail.Json!.AsArray()[0]!.Text("uuid");
    }

    private async Task<Answer?> SendAsync(WireConnection connection, WireRequest request)
    {
        Answer? answer = null;
        try
        {
            answer = await connection.SendAsync(request, Cancellation);
            if (answer is not null) statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
            if (Rules.Broken(request, answer) is { } rule) Find(rule, request, answer);
        }
        catch (NoHttpException exception)
        {
            Find(exception.Message, request, null);
        }
        return answer;
    }

    /// <summary>
    /// The whole list has the klanten of the register, each once and as it was last answered; and of those that no answer told of, at
    /// most as many as there were writes without an answer.
    /// </summary>
    private async Task<List<string>> CompareAsync(WireConnection connection, Requests requests)
    {
        var differences = new List<string>();
        var listed = new Dictionary<string, JsonObject>();
        var counts = new HashSet<int>();
        for (string? page = "/klanten"; page is not null;)
        {
            var answer = (await connection.SendAsync(requests.Plain("GET", page), Cancellation))!.ShouldBe(200);
            counts.Add((int)answer.Body["count"]!);
            foreach (var klant in answer.Results)
            {
                var uuid = klant!.Text("url").Split('/')[^1];
                if (!listed.TryAdd(uuid, klant!.AsObject().Without("url"))) differences.Add($"{uuid} is listed twice.");
            }
            page = answer.Body["next"]?.ToString() is { } next ? $"/klanten{new Uri(next).Query}" : null;
        }
        if (!counts.SetEquals([listed.Count])) differences.Add($"{listed.Count} are listed, and the count is {string.Join(", ", counts)}.");
        var strays = listed.Where(klant => register[klant.Key] is null && !register.IsUncertain(klant.Key)).ToList();
        if (strays.Count > register.PerhapsCreated)
            differences.AddRange(strays.Select(stray => $"No answer told of {stray.Key}: {Json.Write(stray.Value)}"));
        foreach (var klant in register.Klanten)
        {
            if (!listed.TryGetValue(klant.Uuid, out var found)) differences.Add($"{klant.Uuid} is not listed.");
            else if (!JsonNode.DeepEquals(found, klant.Content)) differences.Add($"{klant.Uuid} is {Json.Write(found)}, not {klant.Json}");
        }
        return differences;
    }

    /// <summary>Of the requests that broke a rule, the smallest is kept.</summary>
    private void Find(string rule, WireRequest request, Answer? answer)
    {
        var finding = new Finding(rule, request, answer);
        if (!findings.TryGetValue(rule, out var known) || known.Size > finding.Size) findings[rule] = finding;
    }

    private static JsonObject ContentOf(Answer answer) =>
        answer.Status == 200 ? answer.Body.Without("url") : [];

    private sealed record Finding(string Rule, WireRequest Request, Answer? Answer)
    {
        private const int MaxShown = 1_000;

        public int Size => Request.Head.Length + Request.Body.Length;

        public override string ToString()
        {
            var answer = Answer?.ToString() ?? "no answer";
            return $"{Rule}\n{Request}\n-> {(answer.Length > MaxShown ? answer[..MaxShown] + "…" : answer)}";
        }
    }
}
