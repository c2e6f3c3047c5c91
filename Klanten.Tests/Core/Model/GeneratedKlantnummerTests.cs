using Klanten.Core.Model;

namespace Klanten.Tests.Core.Model;

/// <summary>Generated klantnummers have 8 digits and do not begin with a zero (ADR 3).</summary>
public sealed class GeneratedKlantnummerTests
{
    [Theory]
    [InlineData(1, "10000000")]
    [InlineData(2, "10000001")]
    [InlineData(90_000_000, "99999999")]
    public void A_number_has_a_klantnummer_and_a_klantnummer_its_number(long number, string klantnummer)
    {
        Assert.Equal(klantnummer, GeneratedKlantnummer.Format(number));
        Assert.Equal(number, GeneratedKlantnummer.Parse(klantnummer));
    }

    [Fact]
    public void Past_the_last_there_is_none() => Assert.Null(GeneratedKlantnummer.Format(90_000_001));

    [Theory]
    [InlineData("09999999")]
    [InlineData("9999999")]
    [InlineData("100000000")]
    [InlineData("010000000")]
    [InlineData("1000000a")]
    [InlineData("+1000000")]
    [InlineData(" 1000000")]
    [InlineData("")]
    [InlineData("K1")]
    public void What_a_consumer_chose_in_another_form_has_no_number(string klantnummer) =>
        Assert.Null(GeneratedKlantnummer.Parse(klantnummer));
}
