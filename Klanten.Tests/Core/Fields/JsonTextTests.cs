using System.Text;
using Klanten.Core.Fields;

namespace Klanten.Tests.Core.Fields;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("\t tekst\n", "tekst")]
    [InlineData("\u00a0tekst\u2003", "tekst")]
    [InlineData("\u001ctekst\u001f", "tekst")]
    [InlineData("\u200btekst", "\u200btekst")]
    [InlineData(" \r\n ", "")]
    public void White_space_is_trimmed_but_the_zero_width_space_is_not(string text, string trimmed) =>
        Assert.Equal(trimmed, JsonText.Trim(text));

    [Theory]
    [InlineData("😀😀", 2, false)]
    [InlineData("😀😀", 1, true)]
    [InlineData("ééé", 3, false)]
    [InlineData("éééé", 3, true)]
    [InlineData("e\u0301", 1, true)]
    public void Length_is_counted_in_code_points(string text, int max, bool longer) =>
        Assert.Equal(longer, JsonText.IsLongerThan(text, max));

    [Theory]
    [InlineData("\"tekst\"", false)]
    [InlineData("\"\\ud83d\\ude00\"", false)]
    [InlineData("\"\\uD83D\\uDE00\"", false)]
    [InlineData("\"\\ud800\\udc00\"", false)]
    [InlineData("\"\\udbff\\udfff\"", false)]
    [InlineData("\"\\ud7ff\\ue000\"", false)]
    [InlineData("\"\\ud800\"", true)]
    [InlineData("\"\\udbff\"", true)]
    [InlineData("\"\\udc00\"", true)]
    [InlineData("\"\\udfff\"", true)]
    [InlineData("\"\\ud83d\"", true)]
    [InlineData("\"\\ude00\"", true)]
    [InlineData("\"\\ud83dx\\ude00\"", true)]
    [InlineData("\"\\ud83d\\n\"", true)]
    [InlineData("\"\\ud83d\\ud83d\\ude00\"", true)]
    [InlineData("\"\\\\ud83d\"", false)]
    public void Half_a_surrogate_pair_is_found_among_the_escapes(string json, bool found) =>
        Assert.Equal(found, JsonText.HasLoneSurrogate(Encoding.UTF8.GetBytes(json)));
}
