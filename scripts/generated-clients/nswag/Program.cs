// Calls a running program with the client that NSwag generated. KLANTEN_URL is its address with /api/v1, KLANTEN_TOKEN a token.
using System.Net.Http.Headers;
using Generated;

var url = Environment.GetEnvironmentVariable("KLANTEN_URL")!;
using var http = new HttpClient();
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("KLANTEN_TOKEN"));
var klanten = new KlantClient(http) { BaseUrl = url };
var trails = new AudittrailClient(http) { BaseUrl = url };
var calls = new Calls();
const string Rsin = "999990639";
Guid person = default;

await calls.Make("create", async () =>
{
    var klant = await klanten.CreateAsync(default, null, null, new Natuurlijk_persoon
    {
        Bronorganisatie = Rsin,
        Klantnummer = Calls.Number(),
        WebsiteUrl = "http://müller.nl",
        Achternaam = "Jansen",
        SubjectIdentificatie = new NatuurlijkPersoon { InpBsn = "123456782", Geslachtsaanduiding = NatuurlijkPersoonGeslachtsaanduiding.V },
    });
    person = Calls.Uuid(klant.Url);
    Calls.Expect(klant is Natuurlijk_persoon { SubjectIdentificatie.InpBsn: "123456782", Subject: "" });
    var vestiging = await klanten.CreateAsync(default, null, null, new Vestiging
    {
        Bronorganisatie = Rsin,
        Klantnummer = Calls.Number(),
        WebsiteUrl = "https://example.com",
        SubjectIdentificatie = new Vestiging2 { VestigingsNummer = "000012345678", Handelsnaam = ["Bakkerij"] },
    });
    Calls.Expect(vestiging is Vestiging { SubjectIdentificatie: { VestigingsNummer: "000012345678", Verblijfsadres: null } });
});

await calls.Make("read", async () =>
    Calls.Expect(await klanten.ReadAsync(null, person) is Natuurlijk_persoon
    {
        Achternaam: "Jansen",
        Adres: null,
        SubjectIdentificatie: { Geslachtsaanduiding: NatuurlijkPersoonGeslachtsaanduiding.V, Verblijfsadres: null },
    }));

await calls.Make("list", async () =>
{
    var page = await List(Rsin);
    Calls.Expect(page.Results.OfType<Vestiging>().Any() && page.Results.OfType<Natuurlijk_persoon>().Any());
    Calls.Expect(page.Results.OfType<Niet_natuurlijk_persoon>().Any(n =>
        n.SubjectIdentificatie.InnRechtsvorm == NietNatuurlijkPersoonInnRechtsvorm.Empty));
    Calls.Expect(page.Results.Any(klant => klant is Natuurlijk_persoon { SubjectIdentificatie: null }));
});

await calls.Make("PUT", async () =>
{
    var klant = await klanten.ReadAsync(null, person);
    klant.Functie = "Directeur";
    Calls.Expect((await klanten.UpdateAsync(default, null, null, klant, person)).Functie == "Directeur");
});

await calls.Make("PATCH", async () =>
{
    var klant = await klanten.ReadAsync(null, person);
    klant.Adres = new KlantAdres { Straatnaam = "Dam", Huisnummer = 1 };
    var patched = await klanten.Partial_updateAsync(default, null, "reden", klant, person);
    Calls.Expect(patched is Natuurlijk_persoon { Functie: "Directeur", Adres: { Huisnummer: 1, Postcode: "" } });
});

await calls.Make("304", async () =>
{
    using var head = await http.SendAsync(new(HttpMethod.Head, $"{url}/klanten/{person}"));
    await Calls.ExpectStatus(304, () => klanten.ReadAsync(head.Headers.ETag!.ToString(), person));
});

await calls.Make("audit trail", async () =>
{
    var trail = await trails.ListAsync(person);
    Calls.Expect(trail.Select(entry => entry.Actie).SequenceEqual(["create", "update", "partial_update"]));
    Calls.Expect(trail.First().Wijzigingen.Oud is null && trail.Last().Wijzigingen.Nieuw is not null);
    Calls.Expect((await trails.ReadAsync(null, person, trail.Last().Uuid.Value())).Toelichting == "reden");
});

await calls.Make("error", async () =>
{
    var wrong = new Natuurlijk_persoon { Bronorganisatie = "1", Klantnummer = "1", WebsiteUrl = "http://example.com" };
    var error = await Calls.ExpectError<ValidatieFout>(400, () => klanten.CreateAsync(default, null, null, wrong));
    Calls.Expect(error.InvalidParams!.Any(param => param.Name == "bronorganisatie"));
    await Calls.ExpectError<Fout>(404, () => klanten.ReadAsync(null, Guid.NewGuid()));
    await Calls.ExpectError<Fout>(404, () => trails.ListAsync(Guid.NewGuid()));
});

await calls.Make("delete", async () =>
{
    await klanten.DeleteAsync(null, null, person);
    await Calls.ExpectError<Fout>(404, () => klanten.ReadAsync(null, person));
});

// System.Text.Json: the converter that NSwag generates reads no klant of the base class.
await calls.Make("list without subjectType", async () =>
{
    var page = await List("517439943");
    Calls.Expect(page.Results.Count == 2 && page.Results.All(klant => klant.GetType() == typeof(Klant) && klant.Subject.Length > 0));
});

return calls.Failed;

async Task<Response> List(string bronorganisatie)
{
    // The filters in the order of the document, and the page.
    return await klanten.ListAsync(
        bronorganisatie, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
}

internal sealed class Calls
{
    public int Failed { get; private set; }

    public static string Number() => Guid.NewGuid().ToString("N")[..8];

    public static Guid Uuid(Uri? klant) => Guid.Parse(klant!.Segments[^1]);

    public static void Expect(bool holds, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(holds))] string what = "")
    {
        if (!holds) throw new InvalidOperationException($"not so: {what}");
    }

    public static async Task ExpectStatus(int status, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (ApiException exception) when (exception.StatusCode == status)
        {
            return;
        }
        throw new InvalidOperationException($"no {status}");
    }

    public static async Task<T> ExpectError<T>(int status, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (ApiException<T> exception) when (exception.StatusCode == status)
        {
            return exception.Result;
        }
        throw new InvalidOperationException($"no {status}");
    }

    public async Task Make(string call, Func<Task> run)
    {
        try
        {
            await run();
            Console.WriteLine($"{call}: OK");
        }
        catch (Exception exception)
        {
            Failed = 1;
            Console.WriteLine($"{call}: FAILED {exception.Message.Split('\n')[0]}");
        }
    }
}

internal static class Uuids
{
    /// <summary>One generator makes a value that can be null of an optional property, another one does not.</summary>
    public static Guid Value(this Guid? uuid) => uuid!.Value;

    public static Guid Value(this Guid uuid) => uuid;
}
