using Klanten.Core.Model;

namespace Klanten.Tests.Core.Model;

public sealed class PageRequestTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData("1", 1)]
    [InlineData("01", 1)]
    [InlineData(" 12 ", 12)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("00000000000000000012", 12)]
    [InlineData("last", null)]
    public void A_page_has_a_number_or_is_the_last_one(string? text, int? number)
    {
        Assert.True(PageRequest.TryParse(text, out var page));
        Assert.Equal(number, page.Number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("1.0")]
    [InlineData("99999999999999999999")]
    [InlineData("2147483648")]
    [InlineData("000000000000000000012")]
    [InlineData("first")]
    public void Any_other_text_is_refused(string text) => Assert.False(PageRequest.TryParse(text, out _));

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 0, null)]
    [InlineData(1, 100, 1)]
    [InlineData(2, 100, null)]
    [InlineData(2, 101, 2)]
    [InlineData(null, 0, 1)]
    [InlineData(null, 250, 3)]
    public void A_page_beyond_the_last_does_not_exist(int? asked, long count, int? number) =>
        Assert.Equal(number, new PageRequest(asked).Resolve(count));
}
