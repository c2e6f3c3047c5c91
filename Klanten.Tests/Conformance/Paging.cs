using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>Pages of a hundred klanten: which exist and what they contain.</summary>
public abstract class Paging(KlantenApi api) : Chapter(api)
{
    [Fact]
    public async Task A_page_holds_a_hundred_klanten_and_the_last_one_the_rest()
    {
        var rsin = await Api.RsinWith(201);
        foreach (var (page, from, count) in new[] { (1, 1, 100), (2, 101, 100), (3, 201, 1) })
        {
            var answer = (await Consumer.List($"bronorganisatie={rsin}&page={page}")).ShouldBe(200);
            Assert.Equal(Enumerable.Range(from, count).Select(i => $"K{i}"), answer.Klantnummers);
            Assert.Equal(201, answer.Body["count"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task A_hundred_klanten_are_one_page()
    {
        var rsin = await Api.RsinWith(100);
        var answer = (await Consumer.List($"bronorganisatie={rsin}")).ShouldBe(200);
        Assert.Equal(100, answer.Results.Count);
        Assert.Null(answer.Body.At("next"));
        (await Consumer.List($"bronorganisatie={rsin}&page=2")).ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task The_first_page_is_shown_when_none_is_asked_for()
    {
        var rsin = await Api.RsinWith(201);
        Assert.Equal(
            (await Consumer.List($"bronorganisatie={rsin}&page=1")).Text,
            (await Consumer.List($"bronorganisatie={rsin}")).ShouldBe(200).Text);
    }

    [Theory]
    [InlineData("1", "K1")]
    [InlineData("01", "K1")]
    [InlineData("%201", "K1")]
    [InlineData("2", "K101")]
    [InlineData("002", "K101")]
    [InlineData("2%20", "K101")]
    [InlineData("3", "K201")]
    [InlineData("last", "K201")]
    [InlineData("1&page=3", "K201")]
    [InlineData("abc&page=2", "K101")]
    public async Task A_page_is_named_by_its_number_or_as_the_last(string page, string first)
    {
        var rsin = await Api.RsinWith(201);
        Assert.Equal(first, (await Consumer.List($"bronorganisatie={rsin}&page={page}")).ShouldBe(200).Klantnummers[0]);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("%20")]
    [InlineData("abc")]
    [InlineData("1.0")]
    [InlineData("1,0")]
    [InlineData("1e1")]
    [InlineData("0x1")]
    [InlineData("Last")]
    [InlineData("LAST")]
    [InlineData("first")]
    [InlineData("99999999999999999999")]
    [InlineData("2147483648")]
    [InlineData("9223372036854775807")]
    [InlineData("%00")]
    [InlineData("1&page=4")]
    [InlineData("last&page=")]
    public async Task Any_other_page_is_not_found(string page)
    {
        var rsin = await Api.RsinWith(201);
        (await Consumer.List($"bronorganisatie={rsin}&page={page}")).ShouldBeProblem(404, "not_found");
    }

    [Theory]
    [InlineData("page=1")]
    [InlineData("page=last")]
    public async Task An_empty_list_has_one_page(string page)
    {
        (await Consumer.List($"bronorganisatie={Rsin}&{page}")).ShouldList();
        (await Consumer.List($"bronorganisatie={Rsin}&page=2")).ShouldBeProblem(404, "not_found");
    }
}
