using System.Globalization;
using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>The rules of every text: made of strings and numbers, trimmed, measured in code points.</summary>
public abstract class TextFields(KlantenApi api) : Chapter(api)
{
    /// <summary>Everything that counts as white space at the ends of a text.</summary>
    public static TheoryData<int> WhiteSpace =>
    [
        0x9, 0xA, 0xB, 0xC, 0xD, 0x1C, 0x1D, 0x1E, 0x1F, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004,
        0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
    ];

    [Theory]
    [MemberData(nameof(Fields.TextsWithMaximum), MemberType = typeof(Fields))]
    public async Task A_text_may_be_as_long_as_the_standard_says_and_not_longer(string subjectType, string path, int max)
    {
        await Post(subjectType, path, $"'{new string('x', max)}'").ShouldShow(path, new string('x', max));
        await Post(subjectType, path, $"'{new string('x', max + 1)}'").ShouldRefuse(path, "max_length");
    }

    [Theory]
    [MemberData(nameof(Fields.TextsWithMaximum), MemberType = typeof(Fields))]
    public async Task An_emoji_counts_as_one_character(string subjectType, string path, int max)
    {
        var emoji = string.Concat(Enumerable.Repeat("😀", max));
        await Post(subjectType, path, $"'{emoji}'").ShouldShow(path, emoji);
        await Post(subjectType, path, $"'{emoji}😀'").ShouldRefuse(path, "max_length");
    }

    [Theory]
    [MemberData(nameof(Fields.TextsWithMaximum), MemberType = typeof(Fields))]
    public async Task A_combining_accent_counts_as_one_character(string subjectType, string path, int max) =>
        await Post(subjectType, path, $"'{new string('e', max)}\u0301'").ShouldRefuse(path, "max_length");

    [Theory]
    [MemberData(nameof(Fields.TextsWithMaximum), MemberType = typeof(Fields))]
    public async Task A_text_is_trimmed_before_it_is_measured(string subjectType, string path, int max) =>
        await Post(subjectType, path, $"' \\t\\n{new string('x', max)}\u00a0\\r\\n '").ShouldShow(path, new string('x', max));

    [Theory]
    [MemberData(nameof(Fields.TextsWithMaximum), MemberType = typeof(Fields))]
    public async Task A_number_becomes_text(string subjectType, string path, int max)
    {
        await Post(subjectType, path, "7").ShouldShow(path, "7");
        await Post(subjectType, path, new string('7', max + 1)).ShouldRefuse(path, "max_length");
    }

    [Theory]
    [MemberData(nameof(Fields.Texts), MemberType = typeof(Fields))]
    public async Task A_text_is_not_null(string subjectType, string path) =>
        await Post(subjectType, path, "null").ShouldRefuse(path, "null");

    [Theory]
    [MemberData(nameof(Fields.Texts), MemberType = typeof(Fields))]
    public async Task A_boolean_a_list_or_an_object_is_no_text(string subjectType, string path)
    {
        foreach (var json in new[] { "true", "false", "[]", "['x']", "{}", "{'x':'y'}" })
            await Post(subjectType, path, json).ShouldRefuse(path, "invalid");
    }

    [Theory]
    [MemberData(nameof(Fields.Texts), MemberType = typeof(Fields))]
    public async Task A_text_has_no_null_character(string subjectType, string path) =>
        await Post(subjectType, path, "'\\u0000'").ShouldRefuse(path, "null_characters_not_allowed");

    [Theory]
    [MemberData(nameof(Fields.Texts), MemberType = typeof(Fields))]
    public async Task Half_a_surrogate_pair_is_no_text(string subjectType, string path)
    {
        var body = Json.Write(Volledig(subjectType, Rsin).With(path, "HALF"));
        foreach (var half in new[] { "\\ud83d", "\\ude00", "a\\uD83Db", "\\ude00\\ud83d" })
            await Consumer.SendText("POST", "/klanten", body.Replace("HALF", half, StringComparison.Ordinal)).ShouldRefuse(path, "invalid");
    }

    [Theory]
    [MemberData(nameof(Fields.OptionalTexts), MemberType = typeof(Fields))]
    public async Task Most_texts_may_be_empty(string subjectType, string path)
    {
        await Post(subjectType, path, "''").ShouldShow(path, "");
        await Consumer.Post(Volledig(subjectType, Rsin).With("klantnummer", "K2").With(path, " \t\n\u00a0")).ShouldShow(path, "");
    }

    [Theory]
    [MemberData(nameof(Fields.NecessaryTexts), MemberType = typeof(Fields))]
    public async Task Some_texts_may_not_be_empty(string subjectType, string path)
    {
        await Post(subjectType, path, "''").ShouldRefuse(path, "blank");
        await Post(subjectType, path, "' \\t\\n\u00a0'").ShouldRefuse(path, "blank");
    }

    [Theory]
    [MemberData(nameof(WhiteSpace))]
    public async Task White_space_is_cut_from_both_ends_and_kept_within(int character)
    {
        var white = char.ConvertFromUtf32(character);
        await PostAchternaam($"'{Escape(character)}a{Escape(character)}b{Escape(character)}'").ShouldShow("achternaam", $"a{white}b");
    }

    [Theory]
    [InlineData(0x200B)]
    [InlineData(0xFEFF)]
    [InlineData(0x2060)]
    [InlineData(0x180E)]
    public async Task A_character_that_is_only_invisible_is_kept(int character) =>
        await PostAchternaam($"'{Escape(character)}a'").ShouldShow("achternaam", $"{char.ConvertFromUtf32(character)}a");

    [Theory]
    [InlineData("123", "123")]
    [InlineData("-5", "-5")]
    [InlineData("0", "0")]
    [InlineData("1.5", "1.5")]
    [InlineData("1.0", "1.0")]
    [InlineData("1.50", "1.5")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("0.1", "0.1")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("1e3", "1000.0")]
    [InlineData("1E+2", "100.0")]
    [InlineData("1e15", "1000000000000000.0")]
    [InlineData("1e16", "1e+16")]
    [InlineData("1e20", "1e+20")]
    [InlineData("1.25e-7", "1.25e-07")]
    [InlineData("123456789.125", "123456789.125")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    public async Task A_number_is_spelled_as_the_reference_spells_it(string json, string text) =>
        await PostAchternaam(json).ShouldShow("achternaam", text);

    [Theory]
    [InlineData("'a\\tb\\nc'", "a\tb\nc")]
    [InlineData("'\\u0001\\u007f'", "\u0001\u007f")]
    [InlineData("'\\\\ \\/ \\u0022'", "\\ / \"")]
    [InlineData("'\\ud83d\\ude00'", "😀")]
    [InlineData("'Zoë Ünï'", "Zoë Ünï")]
    [InlineData("'\ufffd\uffff'", "\ufffd\uffff")]
    [InlineData("'<script>&amp;'", "<script>&amp;")]
    public async Task Any_other_character_is_kept_as_it_is(string json, string text)
    {
        await PostAchternaam(json).ShouldShow("achternaam", text);
        Assert.Equal(text, (await Consumer.List($"bronorganisatie={Rsin}")).ShouldBe(200).Results.Single()!.Text("achternaam"));
    }

    private Task<Answer> Post(string subjectType, string path, string json) => Consumer.PostField(subjectType, Rsin, path, json);

    private Task<Answer> PostAchternaam(string json) => Consumer.Post(NatuurlijkPersoon.With("achternaam", Json.Of(json)));

    private static string Escape(int character) => string.Create(CultureInfo.InvariantCulture, $"\\u{character:x4}");
}
