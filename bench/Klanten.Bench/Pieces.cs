using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Commands;
using Klanten.Functions.Http;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Seed;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Klanten.Bench;

/// <summary>The steps of a request, on a store of 10,000 klanten.</summary>
[MemoryDiagnoser]
public class Pieces
{
    private const string Secret = "bench-geheim-dat-alleen-op-deze-machine-geldt";
    private static readonly KlantUrl Url = new("http://127.0.0.1:7071/api/v1/klanten/");

    private string folder = "";
    private SqliteDatabase database = null!;
    private SqliteKlantStore store = null!;
    private TokenChecker tokens = null!;
    private string authorization = "";
    private string uuid = "";
    private Klant klant = null!;
    private StoredKlant stored = null!;
    private KlantPage page = null!;
    private byte[] body = [];
    private JsonDocument request = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        folder = Directory.CreateTempSubdirectory("klanten-bench").FullName;
        database = new(new() { Pad = Path.Combine(folder, "k.db") });
        store = new(database);
        await new StoreFiller(store, TimeProvider.System)
            .ExecuteAsync(new SampleKlanten(1, 20).Endless().Take(10_000), new AuditContext(), _ => { }, CancellationToken.None);
        page = (await store.ListAsync(KlantFilter.None, PageRequest.First, CancellationToken.None))!;
        stored = page.Klanten.Items[0];
        uuid = stored.Id.ToString();
        klant = KlantJson.Read(stored.Json);
        using (var answer = Representation.Klant(stored.Id, stored.Json, Url, Dialect.Standard))
        {
            body = answer.Written.ToArray();
        }
        request = JsonDocument.Parse(stored.Json);

        var options = new ApplicationsOptions();
        options.Applicaties.Add(new() { ClientIds = { "bench" }, Secret = Secret, HeeftAlleAutorisaties = true });
        tokens = new(new ConfiguredApplications(Options.Create(options)), Options.Create(new TokenOptions()), TimeProvider.System);
        authorization = "Bearer " + TokenCommand.Token("bench", Secret, DateTimeOffset.UtcNow);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        database.Dispose();
        request.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Benchmark(Description = "token check")]
    public async Task<object> TokenCheck() => await tokens.CheckAsync(authorization);

    [Benchmark(Description = "KlantId from text")]
    public bool ParseKlantId() => KlantId.TryParse(uuid, out _);

    [Benchmark(Description = "store read")]
    public async Task<object?> StoreRead() => await store.ReadAsync(stored.Id, CancellationToken.None);

    [Benchmark(Description = "store list page of 100")]
    public async Task<object?> StoreList() => await store.ListAsync(KlantFilter.None, PageRequest.First, CancellationToken.None);

    [Benchmark(Description = "answer of a klant")]
    public void RepresentKlant() => Representation.Klant(stored.Id, stored.Json, Url, Dialect.Standard).Dispose();

    [Benchmark(Description = "answer of a page of 100")]
    public Task RepresentPage() =>
        Representation.Page(page, new("http://127.0.0.1:7071"), Dialect.Standard, null, null).ExecuteAsync(new DefaultHttpContext());

    [Benchmark(Description = "ETag")]
    public string ETag() => EntityTag.Compute(body);

    [Benchmark(Description = "validate a klant")]
    public Klant Validate() =>
        KlantInput.Merge(null, request.RootElement, Dialect.Standard, partial: false, subjectReachable: true, []);

    [Benchmark(Description = "serialise a klant")]
    public byte[] Serialise() => KlantJson.Write(klant);

    [Benchmark(Description = "read a klant from JSON")]
    public Klant Restore() => KlantJson.Read(stored.Json);
}
