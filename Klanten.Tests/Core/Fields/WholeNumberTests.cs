using System.Globalization;
using System.Text.Json;
using Klanten.Core.Fields;

namespace Klanten.Tests.Core.Fields;

public sealed class WholeNumberTests
{
    [Theory]
    [InlineData("12", 12)]
    [InlineData("\"12\"", 12)]
    [InlineData("\" 5 \"", 5)]
    [InlineData("\"0012\"", 12)]
    [InlineData("\"1.0\"", 1)]
    [InlineData("\"10.\"", 10)]
    [InlineData("\"100.000\"", 100)]
    [InlineData("1.0", 1)]
    [InlineData("1000.0", 1000)]
    [InlineData("1e3", 1000)]
    [InlineData("\"+5\"", 5)]
    [InlineData("\"-0\"", 0)]
    [InlineData("\"-7\"", -7)]
    [InlineData("\"1_000\"", 1000)]
    [InlineData("\"１２\"", 12)]
    public void Whole_numbers_are_read_in_every_spelling_that_the_reference_accepts(string json, int number)
    {
        using var document = JsonDocument.Parse(json);
        Assert.True(WholeNumber.TryParse(document.RootElement, out var read));
        Assert.Equal(number, (int)read);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("\"1.5\"")]
    [InlineData("\"1e3\"")]
    [InlineData("\"\"")]
    [InlineData("\"+\"")]
    [InlineData("\"+ 5\"")]
    [InlineData("\"1__0\"")]
    [InlineData("\"_1\"")]
    [InlineData("\"1_\"")]
    [InlineData("\".0\"")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("1e400")]
    public void A_value_that_is_no_whole_number_is_refused(string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.False(WholeNumber.TryParse(document.RootElement, out _));
    }

    [Fact]
    public void A_very_long_number_is_read_as_a_large_number_with_its_sign()
    {
        using var document = JsonDocument.Parse("-" + new string('9', 5000));
        Assert.True(WholeNumber.TryParse(document.RootElement, out var read));
        Assert.True(read < int.MinValue, read.ToString(CultureInfo.InvariantCulture)[..10]);
    }
}
