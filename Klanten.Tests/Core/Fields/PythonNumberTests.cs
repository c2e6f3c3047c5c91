using System.Text.Json;
using Klanten.Core.Fields;

namespace Klanten.Tests.Core.Fields;

/// <summary>A number where text is expected becomes the text that the reference, a Python program, makes of it.</summary>
public sealed class PythonNumberTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("123", "123")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1.5", "1.5")]
    [InlineData("1.50", "1.5")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("0.0", "0.0")]
    [InlineData("517439943.0", "517439943.0")]
    [InlineData("1e5", "100000.0")]
    [InlineData("123.25", "123.25")]
    [InlineData("1e15", "1000000000000000.0")]
    [InlineData("1e16", "1e+16")]
    [InlineData("1e20", "1e+20")]
    [InlineData("1.25e+100", "1.25e+100")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00012", "0.00012")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("-1.5E-7", "-1.5e-07")]
    [InlineData("0.1", "0.1")]
    [InlineData("9007199254740993.0", "9007199254740992.0")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("1e400", "inf")]
    [InlineData("-1e400", "-inf")]
    public void A_number_is_spelled_as_the_reference_spells_it(string json, string text)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(text, PythonNumber.Format(document.RootElement));
    }
}
