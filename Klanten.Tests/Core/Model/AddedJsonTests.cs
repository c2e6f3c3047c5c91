using Klanten.Core.Model;

namespace Klanten.Tests.Core.Model;

/// <summary>The fields of Open Klant 1.x in a stored representation: there only with a value, and shown only in that dialect.</summary>
public sealed class AddedJsonTests
{
    public static TheoryData<string> Texts =>
        ["", "x", "e", "\",\"geverifieerd\":true}", ",\"aanmaakkanaal\":\"", "\\", "true}", "é😀", "\n"];

    private static readonly Klant[] Shapes =
    [
        new() { Achternaam = "e" },
        new() { SubjectType = "" },
        new() { SubjectType = SubjectType.NatuurlijkPersoon },
        new() { SubjectType = SubjectType.NatuurlijkPersoon, SubjectIdentificatie = new NatuurlijkPersoon { Geslachtsnaam = "e" } },
        new() { SubjectType = SubjectType.NietNatuurlijkPersoon, SubjectIdentificatie = new NietNatuurlijkPersoon() },
        new() { SubjectType = SubjectType.Vestiging, SubjectIdentificatie = new Vestiging { Handelsnaam = ["e"] } },
        new() { SubjectType = SubjectType.Vestiging, SubjectIdentificatie = new Vestiging { SubVerblijfBuitenland = new() } },
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_standard_is_shown_what_is_stored_for_it(string text)
    {
        foreach (var shape in Shapes)
        {
            var standard = KlantJson.Write(shape with { Achternaam = text });
            Assert.False(AddedJson.IsIn(standard));
            Assert.Equal(standard, Show(standard, isOpenKlant: false));
            foreach (var geverifieerd in new[] { true, false })
            {
                var more = KlantJson.Write(shape with { Achternaam = text, Aanmaakkanaal = text, Geverifieerd = geverifieerd });
                Assert.Equal(standard, Show(more, isOpenKlant: false));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_dialect_is_shown_both_fields_always(string text)
    {
        foreach (var shape in Shapes)
        {
            foreach (var geverifieerd in new[] { true, false })
            {
                var klant = shape with { Aanmaakkanaal = text, Geverifieerd = geverifieerd };
                var shown = System.Text.Json.Nodes.JsonNode.Parse(Show(KlantJson.Write(klant), isOpenKlant: true))!;
                Assert.Equal(text, (string?)shown["aanmaakkanaal"]);
                Assert.Equal(geverifieerd, (bool?)shown["geverifieerd"]);
                var read = KlantJson.Read(KlantJson.Write(klant));
                Assert.Equal((text, geverifieerd), (read.Aanmaakkanaal, read.Geverifieerd));
            }
        }
    }

    private static byte[] Show(byte[] json, bool isOpenKlant)
    {
        var start = AddedJson.Show(json, isOpenKlant, out var end);
        return [.. start, .. end];
    }
}
