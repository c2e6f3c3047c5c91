// Calls a running program with the client that Kiota generated. KLANTEN_URL is its address with /api/v1, KLANTEN_TOKEN a token.
// Kiota makes no class of an allOf of two references, so subjectIdentificatie is in AdditionalData.
using Generated;
using Generated.Models;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Http.HttpClientLibrary;

var url = Environment.GetEnvironmentVariable("KLANTEN_URL")!;
var token = Environment.GetEnvironmentVariable("KLANTEN_TOKEN")!;
using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
// The providers of Kiota send a token over https only.
using var adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http) { BaseUrl = url };
var klanten = new KlantenClient(adapter).Klanten;
var failed = 0;
const string Rsin = "999990639";
Guid person = default;

await Make("create", async () =>
{
    var klant = await klanten.PostAsync(Person(Rsin));
    person = Guid.Parse(new Uri(klant!.Url!).Segments[^1]);
    Expect(klant.SubjectType == Klant_subjectType.Natuurlijk_persoon && klant.Subject == "" && Bsn(klant) == "123456782");
});

await Make("read", async () =>
{
    var klant = await klanten[person].GetAsync();
    Expect(klant!.Achternaam == "Jansen" && klant.Adres is null && Bsn(klant) == "123456782");
});

await Make("list", async () =>
{
    var page = await List(Rsin);
    Expect(page.Results!.Any(klant => klant.SubjectType == Klant_subjectType.Niet_natuurlijk_persoon));
    Expect(page.Results!.Any(klant => klant.AdditionalData["subjectIdentificatie"] is null or UntypedNull));
});

await Make("PUT", async () =>
{
    var klant = await klanten[person].GetAsync();
    klant!.Functie = "Directeur";
    Expect((await klanten[person].PutAsync(klant))!.Functie == "Directeur");
});

await Make("PATCH", async () =>
{
    var patch = new Klant { Adres = new KlantAdres { Straatnaam = "Dam", Huisnummer = 1 } };
    var klant = await klanten[person].PatchAsync(patch, request => request.Headers.Add("X-Audit-Toelichting", "reden"));
    Expect(klant is { Functie: "Directeur", Adres: { Huisnummer: 1, Postcode: "" } });
});

await Make("304", async () =>
{
    using var head = await http.SendAsync(new(HttpMethod.Head, $"{url}/klanten/{person}"));
    var known = head.Headers.ETag!.ToString();
    var error = await ExpectError<ApiException>(() => klanten[person].GetAsync(request => request.Headers.Add("If-None-Match", known)));
    Expect(error.ResponseStatusCode == 304);
});

await Make("audit trail", async () =>
{
    var trail = await klanten[person].Audittrail.GetAsync();
    Expect(trail!.Select(entry => entry.Actie).SequenceEqual(["create", "update", "partial_update"]));
    Expect(trail![0].Wijzigingen!.Oud is null && trail[2].Wijzigingen!.Nieuw is not null);
    Expect((await klanten[person].Audittrail[trail[2].Uuid!.Value].GetAsync())!.Toelichting == "reden");
});

await Make("error", async () =>
{
    var error = await ExpectError<ValidatieFout>(() => klanten.PostAsync(Person("1")));
    Expect(error.Status == 400 && error.InvalidParams!.Any(param => param.Name == "bronorganisatie"));
    Expect((await ExpectError<Fout>(() => klanten[Guid.NewGuid()].GetAsync())).Status == 404);
    Expect((await ExpectError<Fout>(() => klanten[Guid.NewGuid()].Audittrail.GetAsync())).Status == 404);
});

await Make("delete", async () =>
{
    await klanten[person].DeleteAsync();
    Expect((await ExpectError<Fout>(() => klanten[person].GetAsync())).Code == "not_found");
});

await Make("list without subjectType", async () =>
{
    var page = await List("517439943");
    Expect(page.Results!.Count == 2 && page.Results.All(klant => klant.Subject!.Length > 0));
});

return failed;

async Task<Generated.Klanten.KlantenGetResponse> List(string bronorganisatie) =>
    (await klanten.GetAsKlantenGetResponseAsync(request => request.QueryParameters.Bronorganisatie = bronorganisatie))!;

static Klant Person(string bronorganisatie) => new()
{
    Bronorganisatie = bronorganisatie,
    WebsiteUrl = "http://müller.nl",
    Achternaam = "Jansen",
    SubjectType = Klant_subjectType.Natuurlijk_persoon,
    AdditionalData = new Dictionary<string, object>
    {
        ["subjectIdentificatie"] = new UntypedObject(
            new Dictionary<string, UntypedNode> { ["inpBsn"] = new UntypedString("123456782") }),
    },
};

static string? Bsn(Klant klant) =>
    klant.AdditionalData["subjectIdentificatie"] is UntypedObject identificatie
        ? ((UntypedString)identificatie.GetValue()["inpBsn"]).GetValue()
        : null;

static void Expect(bool holds, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(holds))] string what = "")
{
    if (!holds) throw new InvalidOperationException($"not so: {what}");
}

static async Task<T> ExpectError<T>(Func<Task> call) where T : ApiException
{
    try
    {
        await call();
    }
    catch (T exception)
    {
        return exception;
    }
    throw new InvalidOperationException($"no {typeof(T).Name}");
}

async Task Make(string call, Func<Task> run)
{
    try
    {
        await run();
        Console.WriteLine($"{call}: OK");
    }
    catch (Exception exception)
    {
        failed = 1;
        Console.WriteLine($"{call}: FAILED {exception.GetType().Name} {exception.Message.Split('\n')[0]}");
    }
}
