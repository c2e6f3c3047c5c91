using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>next and previous: whole URLs with the same question, its parameters sorted by name and encoded anew.</summary>
public abstract class PageLinks(KlantenApi api) : Chapter(api)
{
    [Theory]
    [InlineData("1", "2", null)]
    [InlineData("2", "3", "")]
    [InlineData("3", null, "2")]
    [InlineData("last", null, "2")]
    public async Task Each_page_links_to_its_neighbours_and_the_first_goes_without_a_number(string page, string? next, string? previous)
    {
        var rsin = await Api.RsinWith(201);
        var links = await Links($"bronorganisatie={rsin}&page={page}");
        Assert.Equal((Link(rsin, next), Link(rsin, previous)), links);
    }

    [Fact]
    public async Task A_single_page_has_no_links()
    {
        await AKlant();
        Assert.Equal((null, null), await Links($"bronorganisatie={Rsin}"));
    }

    [Fact]
    public async Task A_link_leads_to_the_page_that_it_promises()
    {
        var rsin = await Api.RsinWith(201);
        var first = (await Consumer.List($"bronorganisatie={rsin}")).ShouldBe(200);
        var second = (await Consumer.Get(first.Body.Text("next"))).ShouldBe(200);
        Assert.Equal("K101", second.Klantnummers[0]);
        Assert.Equal(first.Text, (await Consumer.Get(second.Body.Text("previous"))).ShouldBe(200).Text);
    }

    [Theory]
    [InlineData("z=1&B=RSIN&a=2", "B=RSIN&a=2&bronorganisatie=RSIN&page=PAGE&z=1")]
    [InlineData("foo=", "bronorganisatie=RSIN&foo=&page=PAGE")]
    [InlineData("achternaam=&functie=%20", "achternaam=&bronorganisatie=RSIN&functie=+&page=PAGE")]
    [InlineData("x=2&x=1&x=2", "bronorganisatie=RSIN&page=PAGE&x=2&x=1&x=2")]
    [InlineData("x=2&a=0&x=1", "a=0&bronorganisatie=RSIN&page=PAGE&x=2&x=1")]
    [InlineData("x=a%20b+c", "bronorganisatie=RSIN&page=PAGE&x=a+b+c")]
    [InlineData("x=a%2Bb", "bronorganisatie=RSIN&page=PAGE&x=a%2Bb")]
    [InlineData("x=%C3%A9%F0%9F%98%80", "bronorganisatie=RSIN&page=PAGE&x=%C3%A9%F0%9F%98%80")]
    [InlineData("x=a/b?c:d@e", "bronorganisatie=RSIN&page=PAGE&x=a%2Fb%3Fc%3Ad%40e")]
    [InlineData("x=-._%41", "bronorganisatie=RSIN&page=PAGE&x=-._A")]
    [InlineData("x=%26%3D%23%25", "bronorganisatie=RSIN&page=PAGE&x=%26%3D%23%25")]
    [InlineData("x=a=b", "bronorganisatie=RSIN&page=PAGE&x=a%3Db")]
    [InlineData("e%C3%A9+x=1", "bronorganisatie=RSIN&e%C3%A9+x=1&page=PAGE")]
    [InlineData("page=2", "bronorganisatie=RSIN&page=PAGE")]
    [InlineData("page=9&page=2", "bronorganisatie=RSIN&page=PAGE")]
    public async Task The_other_parameters_come_along(string parameters, string query)
    {
        var rsin = await Api.RsinWith(201);
        parameters = parameters.Contains("page", StringComparison.Ordinal) ? parameters : $"{parameters}&page=2";
        var (next, previous) = await Links($"{parameters.Replace("RSIN", rsin, StringComparison.Ordinal)}&bronorganisatie={rsin}");
        var expected = $"{Api.Base}/klanten?{query.Replace("RSIN", rsin, StringComparison.Ordinal)}";
        Assert.Equal(expected.Replace("PAGE", "3", StringComparison.Ordinal), next);
        Assert.Equal(expected.Replace("&page=PAGE", "", StringComparison.Ordinal), previous);
    }

    [Fact]
    public async Task The_links_have_the_host_that_the_consumer_called()
    {
        var rsin = await Api.RsinWith(201);
        var answer = (await Consumer.Get($"/klanten?bronorganisatie={rsin}&page=2", ("Host", "klanten.example"))).ShouldBe(200);
        Assert.Equal($"http://klanten.example/api/v1/klanten?bronorganisatie={rsin}&page=3", answer.Body.Text("next"));
        Assert.Equal($"http://klanten.example/api/v1/klanten?bronorganisatie={rsin}", answer.Body.Text("previous"));
    }

    private async Task<(string? Next, string? Previous)> Links(string query)
    {
        var page = (await Consumer.List(query)).ShouldBe(200).Body;
        return (page.At("next")?.GetValue<string>(), page.At("previous")?.GetValue<string>());
    }

    /// <summary>A link to a page: null is none, an empty number the first page.</summary>
    private string? Link(string rsin, string? page) =>
        page is null ? null : $"{Api.Base}/klanten?bronorganisatie={rsin}{(page.Length == 0 ? "" : $"&page={page}")}";
}
