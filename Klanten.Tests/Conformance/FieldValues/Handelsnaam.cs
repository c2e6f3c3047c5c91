using System.Text.Json.Nodes;
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

    [Fact]
    public async Task A_vestiging_has_at_most_100_names()
    {
        await Consumer.PostField(VestigingType, Rsin, Path, Names(100)).ShouldShow(Path, Json.Of(Names(100)));
        await Consumer.PostField(VestigingType, Numbers.Rsin(), Path, Names(101)).ShouldRefuse(Path, "max_length");
        var klant = await Consumer.Created(Vestiging(Rsin));
        (await Consumer.Patch(klant.Text("url"), new JsonObject().With(Path, Json.Of(Names(101))))).ShouldBeInvalid((Path, "max_length"));
        (await Read(klant)).ShouldEqual(klant);
    }

    [Theory]
    [InlineData("'a'")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("1")]
    public async Task A_list_that_is_far_too_long_has_one_error(string item) =>
        await Consumer.PostField(VestigingType, Rsin, Path, $"[{string.Join(',', Enumerable.Repeat(item, 150_000))}]")
            .ShouldRefuse(Path, "max_length");

    [Fact]
    public async Task An_answer_holds_at_most_100_errors()
    {
        var wrong = $"'{new string('\u0001', 626).Replace("\u0001", "\\u0001", StringComparison.Ordinal)}\\u0000'";
        var answer = await Consumer.PostField(VestigingType, Rsin, Path, $"[{string.Join(',', Enumerable.Repeat(wrong, 100))}]");
        answer.ShouldBeProblem(400, "invalid");
        Assert.Equal(100, answer.Body["invalidParams"]!.AsArray().Count);
        Assert.InRange(answer.Bytes.Length, 1, 32 * 1024);
    }

    /// <summary>Every text at its maximum length, in characters that JSON escapes: a klant that can be made can be changed too.</summary>
    [Fact]
    public async Task The_largest_klant_can_be_made_read_and_changed()
    {
        var largest = Volledig(VestigingType, Rsin);
        foreach (var (_, path, max) in Fields.TextsWithMaximum.Select(row => row.Data).Where(field => field.Item1 == VestigingType))
        {
            if (path != "klantnummer") largest = largest.With(path, Long(max));
        }
        largest = largest.With(Path, new JsonArray([.. Enumerable.Repeat(0, 100).Select(_ => JsonValue.Create(Long(625)))]));
        var klant = await Consumer.Created(largest);
        var size = (await Consumer.Get(klant.Text("url"))).ShouldBe(200).Bytes.Length;
        Assert.InRange(size, 380_000, 410_000);
        var changed = (await Consumer.Patch(klant.Text("url"), Json.Of("{'voornaam':'Jan'}"))).ShouldBe(200).Body;
        (await Consumer.Put(klant.Text("url"), klant)).ShouldBe(200).Body.ShouldEqual(klant);
        (await Read(klant)).ShouldEqual(klant);
        Assert.Equal("Jan", changed.Text("voornaam"));

        static string Long(int length) => new('\u0001', length);
    }

    private static string Names(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $"'naam {i}'"))}]";

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
