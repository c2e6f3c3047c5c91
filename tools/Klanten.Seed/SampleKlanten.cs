using System.Globalization;
using Bogus;
using Bogus.DataSets;
using Klanten.Core.Fields;
using Klanten.Core.Model;

namespace Klanten.Seed;

/// <summary>
/// Plausible klanten: of every three one person, one organisation and one branch, spread over the bronorganisaties. The same
/// seed makes the same klanten in the same order.
/// </summary>
/// <remarks>
/// No klant refers to a real person or organisation: every BSN and RSIN is a test number (9999xxxxx), and every domain is one
/// of RFC 2606. There are only some 9,000 test numbers. A bronorganisatie uses each of them once for a person and once for an
/// organisation; later klanten have only an anpIdentificatie or an annIdentificatie.
/// </remarks>
internal sealed class SampleKlanten
{
    private const int PoolSize = 2000;

    private static readonly string[] Prefixes = ["", "", "", "", "van", "de", "van de", "van den", "ten"];
    private static readonly string[] Rechtsvormen =
        ["besloten_vennootschap", "stichting", "vereniging", "naamloze_vennootschap", "maatschap"];
    private static readonly string[] Functies = ["Eigenaar", "Bestuurder", "Contactpersoon", "Penningmeester", "Medewerker"];
    private static readonly string[] TestNumbers =
    [
        .. Enumerable.Range(999_900_000, 100_000)
            .Select(number => number.ToString(CultureInfo.InvariantCulture))
            .Where(number => Rules.Elfproef(number) is null),
    ];

    private readonly Random random;
    private readonly Person[] people;
    private readonly string[] surnames;
    private readonly Adres[] addresses;
    private readonly string[] companies;
    private readonly Register[] registers;

    /// <param name="seed">Seed of the random numbers.</param>
    /// <param name="bronorganisaties">How many bronorganisaties the klanten are spread over.</param>
    public SampleKlanten(int seed, int bronorganisaties)
    {
        // Bogus needs microseconds for every word, so it fills pools, from which the klanten take their values.
        var faker = new Faker("nl") { Random = new Randomizer(seed) };
        random = new Random(seed);
        people = Pool(() => Person.Create(faker));
        surnames = Pool(() => faker.Name.LastName());
        addresses = Pool(() => new Adres
        {
            Straatnaam = faker.Address.StreetName(),
            Huisnummer = faker.Random.Number(1, 250),
            Postcode = faker.Address.ZipCode().Replace(" ", "", StringComparison.Ordinal),
            Woonplaatsnaam = faker.Address.City(),
            Landcode = "6030",
        });
        companies = Pool(() => faker.Company.CompanyName());
        registers =
        [
            .. Enumerable.Range(0, bronorganisaties)
                .Select(n => new Register(TestNumbers[n], start: n * TestNumbers.Length / bronorganisaties)),
        ];
    }

    /// <summary>There are no test numbers for more bronorganisaties.</summary>
    public static int MaxBronorganisaties => TestNumbers.Length;

    /// <summary>An endless sequence of klanten, without klantnummer.</summary>
    public IEnumerable<Klant> Endless()
    {
        for (var n = 1; ; n++)
        {
            var register = registers[random.Next(registers.Length)];
            yield return (n % 3) switch
            {
                1 => Persoon(n, register),
                2 => Organisatie(n, register),
                _ => Vestiging(n, register),
            };
        }
    }

    private Klant Persoon(int n, Register register)
    {
        var person = Pick(people);
        var surname = Pick(surnames);
        var (bsn, other) = (register.NextBsn(), Number("ANP", n));
        return Basis(n, register) with
        {
            WebsiteUrl = "https://www.example.com",
            Voornaam = person.Voornaam,
            VoorvoegselAchternaam = Pick(Prefixes),
            Achternaam = surname,
            Emailadres = $"{person.Mailbox}.{n}@example.com",
            SubjectType = SubjectType.NatuurlijkPersoon,
            SubjectIdentificatie = new NatuurlijkPersoon
            {
                InpBsn = bsn ?? "",
                AnpIdentificatie = bsn is null ? other : "",
                Geslachtsnaam = surname,
                Voorletters = person.Voornaam[..1],
                Voornamen = person.Voornaam,
                Geslachtsaanduiding = person.Geslacht,
                Geboortedatum = new DateOnly(1930, 1, 1).AddDays(random.Next(28_000)).ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            },
        };
    }

    private Klant Organisatie(int n, Register register)
    {
        var name = Pick(companies);
        var (rsin, other) = (register.NextRsin(), Number("ANN", n));
        return Basis(n, register) with
        {
            WebsiteUrl = $"https://organisatie-{n}.example.org",
            Bedrijfsnaam = name,
            Functie = Pick(Functies),
            Achternaam = Pick(surnames),
            Emailadres = $"info@organisatie-{n}.example.org",
            SubjectType = SubjectType.NietNatuurlijkPersoon,
            SubjectIdentificatie = new NietNatuurlijkPersoon
            {
                InnNnpId = rsin ?? "",
                AnnIdentificatie = rsin is null ? other : "",
                StatutaireNaam = name,
                InnRechtsvorm = Pick(Rechtsvormen),
                Bezoekadres = Line(Pick(addresses)),
            },
        };
    }

    private Klant Vestiging(int n, Register register)
    {
        var name = Pick(companies);
        var adres = Pick(addresses);
        return Basis(n, register) with
        {
            WebsiteUrl = $"https://vestiging-{n}.example.net",
            Bedrijfsnaam = name,
            Functie = Pick(Functies),
            Achternaam = Pick(surnames),
            Emailadres = $"info@vestiging-{n}.example.net",
            SubjectType = SubjectType.Vestiging,
            SubjectIdentificatie = new Vestiging
            {
                VestigingsNummer = Number("9999", n),
                Handelsnaam = [name],
                Verblijfsadres = new()
                {
                    AoaIdentificatie = Number("9999010", n),
                    WplWoonplaatsNaam = adres.Woonplaatsnaam,
                    GorOpenbareRuimteNaam = adres.Straatnaam,
                    AoaPostcode = adres.Postcode,
                    AoaHuisnummer = adres.Huisnummer,
                },
            },
        };
    }

    private Klant Basis(int n, Register register) => new()
    {
        Bronorganisatie = register.Rsin,
        Telefoonnummer = Number("06", n),
        Adres = Pick(addresses),
    };

    private T Pick<T>(T[] pool) => pool[random.Next(pool.Length)];

    private static T[] Pool<T>(Func<T> make) => [.. Enumerable.Range(0, PoolSize).Select(_ => make())];

    private static string Number(string prefix, int n) => prefix + n.ToString("00000000", CultureInfo.InvariantCulture);

    private static string Line(Adres adres) => $"{adres.Straatnaam} {adres.Huisnummer}, {adres.Postcode} {adres.Woonplaatsnaam}";

    private sealed record Person(string Voornaam, string Geslacht, string Mailbox)
    {
        public static Person Create(Faker faker)
        {
            var woman = faker.Random.Bool();
            var voornaam = faker.Name.FirstName(woman ? Name.Gender.Female : Name.Gender.Male);
            return new(voornaam, woman ? "v" : "m", string.Concat(voornaam.Where(char.IsAsciiLetter)).ToLowerInvariant());
        }
    }

    /// <summary>
    /// A bronorganisatie and its position in the test numbers. Each starts at another number, so that few klanten share one.
    /// </summary>
    private sealed class Register(string rsin, int start)
    {
        private int bsns;
        private int rsins;

        public string Rsin => rsin;

        public string? NextBsn() => bsns < TestNumbers.Length ? TestNumber(bsns++) : null;

        public string? NextRsin() => rsins < TestNumbers.Length ? TestNumber(rsins++) : null;

        private string TestNumber(int used) => TestNumbers[(start + used) % TestNumbers.Length];
    }
}
