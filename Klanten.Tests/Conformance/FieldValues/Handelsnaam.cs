using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>handelsnaam: a list of texts.</summary>
public abstract class Handelsnaam(KlantenApi api) : Chapter(api)
{
    private const string Path = "subjectIdentificatie.handelsnaam";

    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("['a']", "['a']")]
    [InlineData("['b','a','b']", "['b','a','b']")]
    [InlineData("[' a ','\\tb\\n']", "['a','b']")]
    [InlineData("['',' ']", "['','']")]
    [InlineData("[1,1.5,1e20]", "['1','1.5','1e+20']")]
    [InlineData("['😀']", "['😀']")]
    public async Task A_list_of_texts_is_kept_in_order(string json, string shown) =>
        await Consumer.PostField(VestigingType, Rsin, Path, json).ShouldShow(Path, Json.Of(shown));

    [Fact]
    public async Task A_name_has_at_most_625_characters()
    {
        var longest = $"['{new string('x', 625)}']";
        await Consumer.PostField(VestigingType, Rsin, Path, longest).ShouldShow(Path, Json.Of(longest));
        await Consumer.PostField(VestigingType, Rsin, Path, $"['{new string('x', 626)}']").ShouldRefuse($"{Path}.0", "max_length");
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("'a'", "not_a_list")]
    [InlineData("''", "not_a_list")]
    [InlineData("1", "not_a_list")]
    [InlineData("true", "not_a_list")]
    [InlineData("{}", "not_a_list")]
    [InlineData("{'0':'a'}", "not_a_list")]
    public async Task Anything_but_a_list_is_refused(string json, string code) =>
        await Consumer.PostField(VestigingType, Rsin, Path, json).ShouldRefuse(Path, code);

    [Theory]
    [InlineData("null", "null")]
    [InlineData("true", "invalid")]
    [InlineData("[]", "invalid")]
    [InlineData("['a']", "invalid")]
    [InlineData("{}", "invalid")]
    [InlineData("'\\u0000'", "null_characters_not_allowed")]
    public async Task The_error_of_an_item_that_is_no_text_names_its_index(string item, string code) =>
        await Consumer.PostField(VestigingType, Rsin, Path, $"['ok',{item}]").ShouldRefuse($"{Path}.1", code);

    [Fact]
    public async Task Every_wrong_item_is_reported()
    {
        var answer = await Consumer.PostField(VestigingType, Rsin, Path, $"['ok',null,'{new string('x', 626)}',true,'ok']");
        answer.ShouldBeInvalid(($"{Path}.1", "null"), ($"{Path}.2", "max_length"), ($"{Path}.3", "invalid"));
    }
}
