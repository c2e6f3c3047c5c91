using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
using Klanten.Tests.Storage.Cosmos;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage;

/// <summary>
/// An import, on every store: klanten keep their uuid and klantnummer, what is here already is left as it is, and what cannot be taken
/// over is refused one by one.
/// </summary>
public abstract class StoreContractImport(Func<Task<StoreHost>> open) : StoreContract(open)
{
    private static readonly AuditContext Importer = new() { ApplicatieWeergave = "importeer", Toelichting = "Overgenomen van elders" };

    private readonly string rsin = Rsin();

    [Fact]
    public async Task Klanten_keep_their_uuid_and_klantnummer_and_get_one_audit_entry_and_no_notification()
    {
        ImportedKlant[] klanten =
        [
            Imported(Klant(rsin, "A-1")),
            Imported(Klant(rsin, "A-2", SubjectType.NietNatuurlijkPersoon)),
            Imported(Klant(rsin, "A-3", SubjectType.Vestiging)),
        ];
        Assert.All(await ImportAsync(klanten), outcome => Assert.IsType<ImportOutcome.Added>(outcome));
        foreach (var klant in klanten)
        {
            AssertSame(Bytes(klant), (await ReadAsync(klant.Id)).Json);
            Assert.Equal(Importer, Assert.Single(await TrailAsync(klant.Id)).AuditContext);
        }
        Assert.Equal(0, (await Outbox.StatusAsync(Cancellation)).Waiting);
    }

    [Fact]
    public async Task A_repeated_import_changes_nothing()
    {
        ImportedKlant[] klanten = [Imported(Klant(rsin, "A-1")), Imported(Klant(Rsin(), "A-1"))];
        await ImportAsync(klanten);
        Assert.All(await ImportAsync(klanten), outcome => Assert.IsType<ImportOutcome.Present>(outcome));
        Assert.Equal(2, (await ListAsync()).Count);
        Assert.Single(await TrailAsync(klanten[0].Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_uuid_that_is_here_with_other_values_is_refused(bool inAnotherBronorganisatie)
    {
        var here = await GivenAsync(Klant(rsin, "A-1"));
        var other = Klant(rsin, "A-1") with
        {
            Bronorganisatie = inAnotherBronorganisatie ? Rsin() : rsin,
            Voornaam = "Iemand anders",
        };
        AssertRefused("bestaat-anders", Assert.Single(await ImportAsync(Imported(other, here.Id))));
        AssertSame(here.Json, (await ReadAsync(here.Id)).Json);
        Assert.Equal(1, (await ListAsync()).Count);
    }

    [Fact]
    public async Task A_klantnummer_of_another_klant_is_refused_and_the_others_of_the_part_are_taken()
    {
        await GivenAsync(Klant(rsin, "A-2"));
        var outcomes = await ImportAsync(Imported(Klant(rsin, "A-1")), Imported(Klant(rsin, "A-2")), Imported(Klant(Rsin(), "A-2")));
        Assert.IsType<ImportOutcome.Added>(outcomes[0]);
        AssertRefused("unique", outcomes[1]);
        Assert.IsType<ImportOutcome.Added>(outcomes[2]);
        Assert.Equal(3, (await ListAsync()).Count);
    }

    [Theory]
    [InlineData("websiteUrl", "required")]
    [InlineData("klantnummer", "required")]
    [InlineData("bronorganisatie", "required")]
    public async Task A_klant_without_a_required_field_is_refused(string field, string code)
    {
        var klant = Json(KlantJson.Write(Klant(rsin, "A-1")));
        klant.Remove(field);
        var imported = new ImportedKlant(KlantId.New(rsin), JsonElement.Parse(klant.ToJsonString()));
        AssertRefused(code, Assert.Single(await ImportAsync(imported)));
        Assert.Equal(0, (await ListAsync()).Count);
    }

    [Fact]
    public async Task A_klant_that_has_a_subject_only_is_taken_as_it_is_shown()
    {
        var klant = Klant(rsin, "A-1") with { SubjectIdentificatie = null };
        var imported = Imported(klant);
        Assert.Equal(JsonValueKind.Null, imported.Json.GetProperty("subjectIdentificatie").ValueKind);
        Assert.IsType<ImportOutcome.Added>(Assert.Single(await ImportAsync(imported)));
        AssertSame(Bytes(imported), (await ReadAsync(imported.Id)).Json);
    }

    /// <summary>A consumer can take the subject away by a PATCH, as on the reference.</summary>
    [Fact]
    public async Task A_klant_whose_subject_was_taken_away_is_taken()
    {
        var imported = Imported(Klant(rsin, "A-1") with { Subject = "", SubjectIdentificatie = null });
        Assert.IsType<ImportOutcome.Added>(Assert.Single(await ImportAsync(imported)));
    }

    [Fact]
    public async Task A_klant_of_Open_Klant_is_taken_in_that_dialect_and_refused_where_values_would_be_lost()
    {
        var klant = Klant(rsin, "A-1", SubjectType.NietNatuurlijkPersoon) with
        {
            Aanmaakkanaal = "balie",
            Geverifieerd = true,
            SubjectIdentificatie = new NietNatuurlijkPersoon { InnNnpId = "12345678" },
            WebsiteUrl = "",
        };
        var imported = Imported(klant);
        var refused = Assert.IsType<ImportOutcome.Refused>(Assert.Single(await ImportAsync(imported)));
        Assert.Equal(["blank", "dialect"], refused.Errors.Select(error => error.Code));
        await using var bulkLoad = await Store.BeginBulkLoadAsync(Cancellation);
        var import = new ImportKlanten(Store, Dialect.OpenKlant(""), Importer, TimeProvider.System);
        Assert.IsType<ImportOutcome.Added>(Assert.Single(await import.ExecuteAsync([imported], bulkLoad, Cancellation)));
        Assert.IsType<ImportOutcome.Present>(Assert.Single(await import.ExecuteAsync([imported], bulkLoad, Cancellation)));
        AssertSame(Bytes(imported), (await ReadAsync(imported.Id)).Json);
    }

    [Fact]
    public async Task Klanten_are_listed_in_the_order_of_their_source()
    {
        ImportedKlant[] klanten = [.. Enumerable.Range(0, 40).Select(i => Imported(Klant(i % 3 == 0 ? rsin : Rsin(), $"A-{i}")))];
        await ImportAsync(klanten);
        Assert.Equal(klanten.Select(klant => klant.Id), (await ListAsync()).Klanten.Items.Select(klant => klant.Id));
    }

    [Fact]
    public async Task A_klant_that_is_met_twice_in_a_part_is_taken_once()
    {
        var klant = Imported(Klant(rsin, "A-1"));
        var changed = Imported(Klant(rsin, "A-1") with { Voornaam = "Later" }, klant.Id);
        var outcomes = await ImportAsync(klant, klant, changed);
        Assert.IsType<ImportOutcome.Added>(outcomes[0]);
        Assert.IsType<ImportOutcome.Present>(outcomes[1]);
        AssertRefused("bestaat-anders", outcomes[2]);
        Assert.Equal(1, (await ListAsync()).Count);
    }

    [Fact]
    public async Task Generated_numbers_go_on_after_the_highest_that_was_imported()
    {
        await ImportAsync(Imported(Klant(rsin, "10000041")), Imported(Klant(rsin, "10000007")));
        Assert.Equal("10000042", GeneratedKlantnummer.Format(await Store.TakeNumbersAsync(rsin, 1, 1, Cancellation)));
    }

    [Fact]
    public async Task One_klantnummer_near_the_end_leaves_numbers_to_generate()
    {
        await ImportAsync(Imported(Klant(rsin, "99999999")), Imported(Klant(rsin, "10000000")));
        Assert.InRange(await Store.TakeNumbersAsync(rsin, 1, 1, Cancellation), 2, GeneratedKlantnummer.Count / 2);
    }

    [Fact]
    public async Task A_rehearsal_judges_all_and_changes_nothing()
    {
        await GivenAsync(Klant(rsin, "A-2"));
        var klant = Imported(Klant(rsin, "A-1"));
        var broken = new ImportedKlant(KlantId.New(rsin), JsonElement.Parse("{}"));
        var outcomes = await Import().ExecuteAsync(
            [klant, Imported(Klant(rsin, "A-1")), Imported(Klant(rsin, "A-2")), broken], null, Cancellation);
        Assert.IsType<ImportOutcome.Added>(outcomes[0]);
        AssertRefused("unique", outcomes[1]);
        AssertRefused("unique", outcomes[2]);
        AssertRefused("required", outcomes[3]);
        Assert.Equal(1, (await ListAsync()).Count);
        Assert.Equal(1, await Store.TakeNumbersAsync(rsin, 1, 1, Cancellation));
    }

    [Fact]
    public async Task A_whole_store_is_read_in_the_order_of_its_lists()
    {
        var klanten = new List<StoredKlant>();
        for (var i = 0; i < 7; i++) klanten.Add(await GivenAsync(Klant(i % 2 == 0 ? rsin : Rsin(), $"A-{i}")));
        await Store.CommitAsync(Deletion(klanten[3]), Cancellation);
        klanten.RemoveAt(3);
        Assert.Equal(klanten.Count, await Export.CountAsync(Cancellation));
        var read = await Export.ReadAllAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Equal(klanten.Select(klant => klant.Id), read.Select(klant => klant.Id));
        foreach (var (expected, actual) in klanten.Zip(read)) AssertSame(expected.Json, actual.Json);
    }

    [Fact]
    public async Task Several_klanten_are_read_by_their_uuids()
    {
        var klanten = new[] { await GivenAsync(Klant(rsin, "A-1")), await GivenAsync(Klant(Rsin(), "A-1"), new(Guid.NewGuid())) };
        var read = await Store.ReadManyAsync([klanten[0].Id, KlantId.New(rsin), klanten[1].Id], Cancellation);
        Assert.Equal(klanten.Select(klant => klant.Id).ToHashSet(), read.Select(klant => klant.Id).ToHashSet());
        Assert.Empty(await Store.ReadManyAsync([], Cancellation));
    }

    private static ImportedKlant Imported(Klant klant, KlantId? id = null) =>
        new(id ?? new(Guid.NewGuid()), JsonElement.Parse(KlantJson.Write(klant)));

    private static byte[] Bytes(ImportedKlant klant) => System.Text.Encoding.UTF8.GetBytes(klant.Json.GetRawText());

    private static System.Text.Json.Nodes.JsonObject Json(byte[] json) => System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();

    private static void AssertRefused(string code, ImportOutcome outcome) =>
        Assert.Contains(Assert.IsType<ImportOutcome.Refused>(outcome).Errors, error => error.Code == code);

    private ImportKlanten Import() => new(Store, Dialect.Standard, Importer, TimeProvider.System);

    private async Task<IReadOnlyList<ImportOutcome>> ImportAsync(params ImportedKlant[] klanten)
    {
        await using var bulkLoad = await Store.BeginBulkLoadAsync(Cancellation);
        return await Import().ExecuteAsync(klanten, bulkLoad, Cancellation);
    }
}

public sealed class SqliteImportTests() : StoreContractImport(Sqlite);

public sealed class CosmosImportTests(CosmosAccount account) : StoreContractImport(() => Cosmos(account));
