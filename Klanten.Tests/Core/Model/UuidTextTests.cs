using Klanten.Core.Model;

namespace Klanten.Tests.Core.Model;

/// <summary>A uuid in a path may be spelled in the ways of Python's UUID, and in no other.</summary>
public sealed class UuidTextTests
{
    private const string Text = "095be615-a8ad-4c33-8e9c-c7612fbf6c9f";

    [Theory]
    [InlineData(Text)]
    [InlineData("095BE615-A8AD-4C33-8E9C-C7612FBF6C9F")]
    [InlineData("095be615a8ad4c338e9cc7612fbf6c9f")]
    [InlineData("{095be615-a8ad-4c33-8e9c-c7612fbf6c9f}")]
    [InlineData("urn:uuid:095be615-a8ad-4c33-8e9c-c7612fbf6c9f")]
    [InlineData("urn:uuid:{095be615a8ad4c338e9cc7612fbf6c9f}")]
    public void It_is_read(string spelled)
    {
        Assert.True(UuidText.TryParse(spelled, out var uuid));
        Assert.Equal(Guid.Parse(Text), uuid);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 095be615-a8ad-4c33-8e9c-c7612fbf6c9f")]
    [InlineData("095be615-a8ad-4c33-8e9c-c7612fbf6c9f ")]
    [InlineData("095be615-a8ad-4c33-8e9c-c7612fbf6c9")]
    [InlineData("+95be615-a8ad-4c33-8e9c-c7612fbf6c9f")]
    [InlineData("0x5be615-a8ad-4c33-8e9c-c7612fbf6c9f")]
    [InlineData("095be615-a8ad-4c33-8e9c-c7612fbf6c9g")]
    [InlineData("{095be615-a8ad-4c33-8e9c-c7612fbf6c9f")]
    [InlineData("(095be615-a8ad-4c33-8e9c-c7612fbf6c9f)")]
    [InlineData("URN:UUID:095be615-a8ad-4c33-8e9c-c7612fbf6c9f")]
    public void It_is_none(string text) => Assert.False(UuidText.TryParse(text, out _));
}
