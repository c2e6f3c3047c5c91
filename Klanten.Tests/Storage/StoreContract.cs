using System.Globalization;
using System.Text.Json.Nodes;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
using Klanten.Tests.Storage.Cosmos;
using Microsoft.Extensions.Time.Testing;

namespace Klanten.Tests.Storage;

/// <summary>
/// What every store does. The tests of each derived class run on every store; a test gets an empty one.
/// </summary>
public abstract class StoreContract(Func<Task<StoreHost>> open) : IAsyncLifetime
{
    private StoreHost? host;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected IKlantStore Store => host!.Store;

    protected IOutbox Outbox => host!.Outbox;

    protected IKlantExport Export => host!.Export;

    /// <summary>Advances a microsecond with each use.</summary>
    private DateTimeOffset now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public async ValueTask InitializeAsync() => host = await open();

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static Task<StoreHost> Sqlite() => Task.FromResult<StoreHost>(new SqliteHost());

    protected static async Task<StoreHost> Cosmos(CosmosAccount account) => await CosmosHost.OpenAsync(account);

    /// <summary>A commit that registers a klant.</summary>
    protected KlantCommit Creation(Klant klant, KlantId? id = null) =>
        StoreData.Creation(klant, id ?? KlantId.New(klant.Bronorganisatie), now = now.AddMicroseconds(1));

    /// <summary>A commit that changes a klant.</summary>
    protected KlantCommit Change(StoredKlant before, Func<Klant, Klant> change) =>
        StoreData.Change(before, change, now = now.AddMicroseconds(1));

    /// <summary>A commit that removes a klant.</summary>
    protected KlantCommit Deletion(StoredKlant before) => StoreData.Deletion(before, now = now.AddMicroseconds(1));

    /// <summary>Registers a klant and reads it.</summary>
    protected async Task<StoredKlant> GivenAsync(Klant klant, KlantId? id = null)
    {
        var commit = Creation(klant, id);
        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(commit, Cancellation));
        return await ReadAsync(commit.Id);
    }

    protected async Task<StoredKlant> ReadAsync(KlantId id)
    {
        var klant = await Store.ReadAsync(id, Cancellation);
        Assert.NotNull(klant);
        return klant;
    }

    /// <summary>Changes a klant and reads it.</summary>
    protected async Task<StoredKlant> ChangedAsync(StoredKlant before, Func<Klant, Klant> change)
    {
        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(Change(before, change), Cancellation));
        return await ReadAsync(before.Id);
    }

    protected async Task<KlantPage> ListAsync(params (FilterField, string)[] filter)
    {
        var page = await Store.ListAsync(new(filter), PageRequest.First, Cancellation);
        Assert.NotNull(page);
        return page;
    }

    protected async Task<IReadOnlyList<AuditEntry>> TrailAsync(KlantId id)
    {
        var trail = await Store.ReadAuditTrailAsync(id, Cancellation);
        Assert.NotNull(trail);
        return await trail.ReadAllAsync();
    }

    protected static void AssertSame(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected.Span), JsonNode.Parse(actual.Span)), "The representations differ.");
}

/// <summary>Klanten, and the commits that the use cases make of them.</summary>
internal static class StoreData
{
    public static readonly AuditContext AuditContext = new()
    {
        ApplicatieId = "3a6c3bd6-7f2c-4cf4-9f7b-9e3c3f5f6a01",
        ApplicatieWeergave = "Zaaksysteem \"Ωmega\" 😀",
        GebruikersId = "jan",
        GebruikersWeergave = "Jan de Tester",
        Toelichting = "Op verzoek",
        LogrecordId = "0f6c1e59-87b1-4b1c-8f2a-5f27c76f5a10",
    };

    private static readonly KlantUrl Url = new("https://klanten.example/api/v1/klanten/");

    /// <summary>A random number that passes the elfproef, so that each test has bronorganisaties of its own.</summary>
    public static string Rsin()
    {
        while (true)
        {
            var digits = Random.Shared.Next(10_000_000, 100_000_000).ToString(CultureInfo.InvariantCulture);
            var ninth = digits.Select((digit, i) => (9 - i) * (digit - '0')).Sum() % 11;
            if (ninth < 10) return digits + ninth.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A klant with a value for every filter that its subjectType allows.</summary>
    public static Klant Klant(
        string bronorganisatie, string klantnummer = "10000001", string subjectType = SubjectType.NatuurlijkPersoon) => new()
        {
            Bronorganisatie = bronorganisatie,
            Klantnummer = klantnummer,
            Bedrijfsnaam = "Bakkerij 't Hoekje",
            Functie = "Bakker",
            WebsiteUrl = "https://hoekje.example",
            Voornaam = "Zoë",
            Achternaam = "d'Ångström \"de Oude\" \\ 😀",
            Telefoonnummer = "+31201234567",
            Emailadres = "zoe@hoekje.example",
            Adres = new()
            {
                Straatnaam = "Dorpsstraat",
                Huisnummer = 12,
                Postcode = "1234 AB",
                Woonplaatsnaam = "Ons Dorp",
                Landcode = "6030",
            },
            Subject = "https://register.example/subjecten/1",
            SubjectType = subjectType,
            SubjectIdentificatie = subjectType switch
            {
                SubjectType.NatuurlijkPersoon => new NatuurlijkPersoon
                {
                    InpBsn = "123456782",
                    AnpIdentificatie = "anp-1",
                    InpANummer = "1234567890",
                },
                SubjectType.NietNatuurlijkPersoon => new NietNatuurlijkPersoon { InnNnpId = "123456782", AnnIdentificatie = "ann-1" },
                _ => new Vestiging { VestigingsNummer = "000012345678", Handelsnaam = ["Het Hoekje", "Hoekje's"] },
            },
        };

    public static KlantCommit Creation(Klant klant, KlantId id, DateTimeOffset now) =>
        Builder(now).Commit(id, null, null, klant, Actie.Create, AuditContext, Url);

    public static KlantCommit Change(StoredKlant before, Func<Klant, Klant> change, DateTimeOffset now)
    {
        var current = KlantJson.Read(before.Json);
        return Builder(now).Commit(before.Id, before, current, change(current), Actie.PartialUpdate, AuditContext, Url);
    }

    public static KlantCommit Deletion(StoredKlant before, DateTimeOffset now) =>
        Builder(now).Deletion(before, KlantJson.Read(before.Json), Url);

    private static CommitBuilder Builder(DateTimeOffset now) => new(new Publication(true), new FakeTimeProvider(now));
}
