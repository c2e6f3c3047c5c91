using System.Globalization;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.ModelChecking;

/// <summary>What klanten are drawn from: few words, so that filters find several, and few numbers, so that they collide.</summary>
internal sealed class KlantWords(Chance chance)
{
    private static readonly string[] Fields = ["functie", "achternaam", "bedrijfsnaam", "telefoonnummer"];
    private static readonly string[] Values = ["", "Kok", "Ober", "Bakker", "De Vries", "é 中文", "100%", "a'b"];

    /// <summary>Fields that a PUT must have.</summary>
    public static readonly string[] Required = ["bronorganisatie", "klantnummer", "websiteUrl"];

    public string[] Bronorganisaties { get; } = [.. Enumerable.Range(0, 3).Select(_ => chance.Elfproef())];

    public static string Klantnummer(Chance chance) => $"K{chance.Below(400)}";

    public static JsonObject Change(Chance chance) => new()
    {
        [chance.Pick(Fields)] = chance.Pick(Values),
        [chance.Pick("voornaam", "emailadres")] = chance.Pick("", "a@example.com"),
    };

    /// <summary>A new klant; every other one leaves its number to the API.</summary>
    public JsonObject Klant(Chance chance)
    {
        var klant = Bodies.Klant(chance.Pick(Bronorganisaties)).With(chance.Pick(Fields), chance.Pick(Values));
        klant = chance.Below(3) switch
        {
            0 => klant.With("subjectType", Bodies.NatuurlijkPersoonType).With("subjectIdentificatie.inpBsn", chance.Elfproef()),
            1 => klant.With("subjectType", Bodies.NietNatuurlijkPersoonType).With("subjectIdentificatie.innNnpId", chance.Elfproef()),
            _ => klant.With("subjectType", Bodies.VestigingType)
                .With("subjectIdentificatie.vestigingsNummer", chance.Below(50).ToString("D12", CultureInfo.InvariantCulture)),
        };
        return chance.OneIn(2) ? klant : klant.With("klantnummer", Klantnummer(chance));
    }

    /// <summary>Filters that find a klant, or some other; with the paths of the fields that they compare.</summary>
    public List<(string Parameter, string Path, string Value)> Filters(Chance chance, ModelledKlant? klant)
    {
        var filters = new List<(string, string, string)>();
        if (chance.OneIn(3)) filters.Add(("bronorganisatie", "bronorganisatie", chance.Pick(Bronorganisaties)));
        if (chance.OneIn(3)) filters.Add(Of(chance.Pick(Fields), chance.Pick(Values[1..])));
        if (chance.OneIn(4)) filters.Add(Of("klantnummer", klant?.Klantnummer ?? "K1"));
        if (chance.OneIn(4)) filters.Add(Of("subjectType", chance.Pick(Bodies.NatuurlijkPersoonType, Bodies.VestigingType)));
        if (chance.OneIn(4) && klant?.Content["subjectIdentificatie"]?["inpBsn"] is { } bsn)
            filters.Add(("subjectNatuurlijkPersoon__inpBsn", "subjectIdentificatie.inpBsn", bsn.ToString()));
        if (chance.OneIn(6))
        {
            filters.Add((
                "subjectVestiging__vestigingsNummer", "subjectIdentificatie.vestigingsNummer",
                chance.Below(50).ToString("D12", CultureInfo.InvariantCulture)));
        }
        return filters;

        static (string, string, string) Of(string field, string value) => (field, field, value);
    }

    /// <summary>Fails unless the answer has all that was sent.</summary>
    public static void CheckKept(JsonObject sent, JsonObject answer)
    {
        foreach (var (field, value) in sent)
        {
            if (value is JsonObject group) CheckKept(group, answer[field]!.AsObject());
            else answer[field].ShouldEqual(value);
        }
    }
}
