using System.Reflection;
using System.Text.RegularExpressions;
using Klanten.Functions.Commands;
using Klanten.Functions.Languages;
using Klanten.Tests.Support;

namespace Klanten.Tests.Languages;

/// <summary>The texts for the person who starts the program or a command, wherever they are in it.</summary>
public sealed class TextTests
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly (string Name, Text Text)[] All =
    [
        .. from type in typeof(Texts).Assembly.GetTypes()
        from field in type.GetFields(Static)
        where field.FieldType == typeof(Text)
        select ($"{type.Name}.{field.Name}", (Text)field.GetValue(null)!),
    ];

    [Fact]
    public void Both_languages_have_every_text_with_the_same_values()
    {
        Assert.True(All.Length > 250, $"{All.Length}");
        Assert.All(All, text =>
        {
            var (_, (dutch, english)) = text;
            Assert.False(string.IsNullOrWhiteSpace(dutch) || string.IsNullOrWhiteSpace(english));
            Assert.Equal(Places(dutch), Places(english));
            Assert.Equal(dutch[^1] is '.', english[^1] is '.');
        });
    }

    [Fact]
    public void No_text_has_words_of_the_other_language() => Assert.All(All, text =>
    {
        Spoken.AssertDutch(text.Text.Dutch);
        Spoken.AssertEnglish(text.Text.English);
    });

    /// <remarks>The tests of the languages are worth what this finds.</remarks>
    [Theory]
    [InlineData("er is geen bestand, and no other", false)]
    [InlineData("het bestand \"and the other\" is weg", true)]
    [InlineData("zie /the/file en --for", true)]
    public void A_word_of_the_other_language_is_seen_and_what_is_quoted_is_not(string sentence, bool isDutch) =>
        Assert.Equal(isDutch, Record.Exception(() => Spoken.AssertDutch(sentence)) is null);

    [Fact]
    public void A_value_may_be_a_text_a_sentence_or_have_braces()
    {
        var (inner, outer) = (new Text("nee {0}", "no {0}"), new Text("zeg {0}, {1}", "say {0}, {1}"));
        var sentence = outer.With(inner.With("{1}"), new Text("{of niet}", "{or not}"));
        Assert.Equal("zeg nee {1}, {of niet}", CommandLanguage.Dutch[sentence]);
        Assert.Equal("say no {1}, {or not}", $"{sentence}");
    }

    private static string[] Places(string text) => [.. Regex.Matches(text, @"\{\d\}").Select(match => match.Value).Order().Distinct()];
}
