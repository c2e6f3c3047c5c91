using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.UseCases;
using Klanten.Functions.Storage.Sqlite;
using Moq;

namespace Klanten.Tests.Core.UseCases;

/// <summary>kla-001, on a real store: numbers that the API generates.</summary>
public sealed class KlantnummerTests : IDisposable
{
    private const string Bronorganisatie = "999990639";
    private const long AllNumbers = 90_000_000;

    private readonly string folder = Directory.CreateTempSubdirectory("klanten-").FullName;
    private readonly SqliteDatabase database;
    private readonly SqliteKlantStore store;

    public KlantnummerTests()
    {
        database = new(new() { Pad = Path.Combine(folder, "klanten.db") });
        store = new(database);
    }

    [Fact]
    public async Task The_first_number_has_eight_digits() => Assert.Equal("10000000", await GeneratedAsync());

    [Fact]
    public async Task A_number_that_a_consumer_took_is_passed_over()
    {
        await CreateAsync("""{"klantnummer": "10000000"}""");
        Assert.NotEqual("10000000", await GeneratedAsync());
    }

    [Fact]
    public async Task A_long_run_of_taken_numbers_is_passed_in_few_tries()
    {
        for (var number = 10_000_000; number < 10_000_200; number++) await CreateAsync($$"""{"klantnummer": "{{number}}"}""");
        Assert.True(int.Parse(await GeneratedAsync(), System.Globalization.CultureInfo.InvariantCulture) is >= 10_000_200 and < 10_000_600);
    }

    [Fact]
    public async Task The_last_number_is_given_out_and_after_it_there_are_none()
    {
        await store.NextNumberAsync(Bronorganisatie, AllNumbers - 1, TestContext.Current.CancellationToken);
        Assert.Equal("99999999", await GeneratedAsync());
        Assert.IsType<Outcome.KlantnummersExhausted>(await CreateAsync("{}"));
    }

    [Fact]
    public async Task Numbers_of_a_deleted_klant_are_not_given_out_again_after_a_restart()
    {
        var done = Assert.IsType<Outcome.Done>(await CreateAsync("{}"));
        await new RemoveKlant(store, new(false), TimeProvider.System).ExecuteAsync(done.Id, default, TestContext.Current.CancellationToken);

        using var reopened = new SqliteDatabase(new() { Pad = Path.Combine(folder, "klanten.db") });
        Assert.Equal(2, await new SqliteKlantStore(reopened).NextNumberAsync(Bronorganisatie, 1, TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<string> GeneratedAsync() => KlantJson.Read(Assert.IsType<Outcome.Done>(await CreateAsync("{}")).Json).Klantnummer;

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
        return await new RegisterKlant(store, Mock.Of<ISubjectLookup>(MockBehavior.Strict), new(false), TimeProvider.System)
            .ExecuteAsync(json.RootElement, new(), new("http://localhost/api/v1/klanten/"), TestContext.Current.CancellationToken);
    }
}
