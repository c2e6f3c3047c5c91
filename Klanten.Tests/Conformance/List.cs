using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>klant_list: its form and its order. Paging and filters have chapters of their own.</summary>
public abstract class List(KlantenApi api) : Chapter(api)
{
    [Fact]
    public async Task A_page_has_a_count_two_links_and_results_in_this_order()
    {
        var page = (await Consumer.List($"bronorganisatie={Rsin}")).ShouldList();
        Assert.Equal(["count", "next", "previous", "results"], page.Body.Keys());
    }

    [Fact]
    public async Task Without_parameters_all_klanten_are_listed()
    {
        await AKlant();
        Assert.True((await Consumer.Get("/klanten")).ShouldBe(200).Body["count"]!.GetValue<long>() > 0);
    }

    [Fact]
    public async Task Klanten_of_every_type_are_in_one_list()
    {
        var klanten = new[]
        {
            await Consumer.Created(Volledig(NatuurlijkPersoonType, Rsin)),
            await Consumer.Created(Volledig(NietNatuurlijkPersoonType, Rsin).With("klantnummer", "K2")),
            await Consumer.Created(Volledig(VestigingType, Rsin).With("klantnummer", "K3")),
            await Consumer.Created(Klant(Rsin).With("subjectType", VestigingType).With("subject", Subjects.Found())),
            await Consumer.Created(Klant(Rsin).With("subject", Subjects.Found())),
        };
        (await Consumer.List($"bronorganisatie={Rsin}")).ShouldList(klanten);
    }

    [Fact]
    public async Task The_oldest_klant_comes_first()
    {
        foreach (var klantnummer in new[] { "C", "A", "B" }) await AKlant(("klantnummer", klantnummer));
        Assert.Equal(["C", "A", "B"], (await Consumer.List($"bronorganisatie={Rsin}")).ShouldBe(200).Klantnummers);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task A_klant_keeps_its_place_when_it_changes(string method)
    {
        var first = await AKlant(("klantnummer", "C"));
        await AKlant(("klantnummer", "A"));
        (await Consumer.SendJson(method, first.Text("url"), first.With("achternaam", "x").With("klantnummer", "Z"))).ShouldBe(200);
        Assert.Equal(["Z", "A"], (await Consumer.List($"bronorganisatie={Rsin}")).ShouldBe(200).Klantnummers);
    }

    [Fact]
    public async Task A_klant_that_moved_to_another_bronorganisatie_is_listed_there_once()
    {
        var klant = await AKlant();
        var other = Numbers.Rsin();
        var moved = (await Consumer.Patch(klant.Text("url"), Json.Of($"{{'bronorganisatie':'{other}'}}"))).ShouldBe(200).Body;
        (await Consumer.List($"bronorganisatie={Rsin}")).ShouldList();
        (await Consumer.List($"bronorganisatie={other}")).ShouldList(moved);
    }

    [Theory]
    [InlineData("foo=bar")]
    [InlineData("ordering=-klantnummer")]
    [InlineData("expand=x")]
    [InlineData("pageSize=1")]
    [InlineData("page_size=1")]
    [InlineData("limit=1")]
    [InlineData("offset=1")]
    [InlineData("KLANTNUMMER=x")]
    [InlineData("Page=9")]
    [InlineData("subjecttype=x")]
    [InlineData("adres__woonplaatsnaam=x")]
    [InlineData("voornaam=x")]
    [InlineData("websiteUrl=x")]
    [InlineData("url=x")]
    [InlineData("=x")]
    [InlineData("foo")]
    [InlineData("&&")]
    [InlineData("%00=x")]
    public async Task A_parameter_that_the_standard_does_not_have_is_ignored(string parameter)
    {
        var klanten = new[] { await AKlant(("klantnummer", "B")), await AKlant(("klantnummer", "A")) };
        (await Consumer.List($"bronorganisatie={Rsin}&{parameter}")).ShouldList(klanten);
    }
}
