using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
using Klanten.Functions.Storage.Sqlite;
using Moq;

namespace Klanten.Tests.Core.UseCases;

/// <summary>kla-001: the klantnummers that the API generates, on the SQLite store.</summary>
public sealed class KlantnummerTests : IDisposable
{
    private const string Bronorganisatie = "999990639";
    private const long AllNumbers = 90_000_000;

    private readonly string folder = Directory.CreateTempSubdirectory("klanten-").FullName;
    private SqliteDatabase database;
    private readonly SqliteKlantStore store;

    public KlantnummerTests()
    {
        database = new(new() { Pad = Path.Combine(folder, "klanten.db") });
        store = new(database);
    }

    [Fact]
    public async Task The_first_number_has_eight_digits() => Assert.Equal("10000000", await GeneratedAsync());

    [Fact]
    public async Task The_first_number_after_those_that_consumers_chose_is_generated()
    {
        for (var chosen = 10_000_000; chosen < 10_000_200; chosen++)
        {
            await CreateAsync($$"""{"klantnummer": "{{chosen}}"}""");
        }
        Assert.Equal("10000200", await GeneratedAsync());
        Assert.Equal("10000201", await GeneratedAsync());
    }

    [Fact]
    public async Task Concurrent_creations_each_get_a_number_of_their_own_between_those_that_consumers_chose()
    {
        for (var chosen = 10_000_000; chosen < 10_000_100; chosen += 2)
        {
            await CreateAsync($$"""{"klantnummer": "{{chosen}}"}""");
        }
        var generated = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(GeneratedAsync)));
        Assert.Equal(50, generated.Distinct().Count());
    }

    [Fact]
    public async Task After_the_last_number_the_numbers_are_exhausted()
    {
        await store.TakeNumbersAsync(Bronorganisatie, AllNumbers - 1, 1, TestContext.Current.CancellationToken);
        Assert.Equal("99999999", await GeneratedAsync());
        Assert.IsType<Outcome.KlantnummersExhausted>(await CreateAsync("{}"));
        Assert.IsType<Outcome.KlantnummersExhausted>(await CreateAsync("{}"));
    }

    [Fact]
    public async Task The_numbers_are_exhausted_when_a_consumer_chose_the_last()
    {
        await store.TakeNumbersAsync(Bronorganisatie, AllNumbers - 1, 1, TestContext.Current.CancellationToken);
        await CreateAsync("""{"klantnummer": "99999999"}""");
        Assert.IsType<Outcome.KlantnummersExhausted>(await CreateAsync("{}"));
    }

    [Fact]
    public async Task The_number_of_a_removed_klant_is_not_generated_again_after_a_restart()
    {
        var done = Assert.IsType<Outcome.Done>(await CreateAsync("{}"));
        await new RemoveKlant(store, new(false), new(), TimeProvider.System)
            .ExecuteAsync(done.Id, default, null, TestContext.Current.CancellationToken);

        database.Dispose();
        database = new(new() { Pad = Path.Combine(folder, "klanten.db") });
        var next = await new SqliteKlantStore(database).TakeNumbersAsync(Bronorganisatie, 1, 1, TestContext.Current.CancellationToken);
        Assert.Equal(2, next);
    }

    public void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<string> GeneratedAsync()
    {
        var done = Assert.IsType<Outcome.Done>(await CreateAsync("{}"));
        return KlantJson.Read(done.Json).Klantnummer;
    }

    /// <param name="extra">The fields to add to the body, as a JSON object.</param>
    private async Task<Outcome> CreateAsync(string extra)
    {
        using var given = JsonDocument.Parse(extra);
        var body = new Dictionary<string, object>
        {
            ["bronorganisatie"] = Bronorganisatie,
            ["websiteUrl"] = "http://example.com",
            ["subjectType"] = "vestiging",
            ["subjectIdentificatie"] = new { vestigingsNummer = "1" },
        };
        foreach (var property in given.RootElement.EnumerateObject()) body[property.Name] = property.Value.GetString()!;
        using var json = JsonSerializer.SerializeToDocument(body);
        var create = new RegisterKlant(store, Mock.Of<ISubjectLookup>(MockBehavior.Strict), new(false), TimeProvider.System);
        return await create.ExecuteAsync(
            json.RootElement, Dialect.Standard, new(), new("http://localhost/api/v1/klanten/"), TestContext.Current.CancellationToken);
    }
}
