using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>emailadres: what the reference takes for an e-mail address.</summary>
public abstract class Emailadres(KlantenApi api) : Chapter(api)
{
    private static readonly string Label = new('a', 63);

    public static TheoryData<string> LongLabels => [$"a@{Label}.nl", $"a@b.{Label}.nl", $"a@b.{Label}", $"{new string('a', 249)}@b.nl"];

    public static TheoryData<string> LabelsTooLong => [$"a@{Label}a.nl", $"a@b.{Label}a.nl", $"a@b.{Label}a"];

    [Theory]
    [InlineData("a@b.nl")]
    [InlineData("Jan.de.Vries@Example.COM")]
    [InlineData("a+b@c.nl")]
    [InlineData("a'b@c.nl")]
    [InlineData("!#$%&'*+/=?^_`{}|~-@c.nl")]
    [InlineData("1@2.nl")]
    [InlineData("a@localhost")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@[::1]")]
    [InlineData("a@[2001:db8::1]")]
    [InlineData("a@b-c.nl")]
    [InlineData("a@b.c-d")]
    [InlineData("a@b.12")]
    [InlineData("a@b.c.d.museum")]
    [InlineData("a@xn--mnchen-3ya.de")]
    [InlineData("a@münchen.de")]
    [InlineData("\"quoted\"@example.com")]
    [InlineData("\"a@b\"@example.com")]
    [InlineData("")]
    public async Task An_address_is_kept_as_it_was_sent(string address) =>
        await Post(address).ShouldShow("emailadres", address);

    [Theory]
    [MemberData(nameof(LongLabels))]
    public async Task A_label_of_63_characters_and_an_address_of_254_are_allowed(string address) =>
        await Post(address).ShouldShow("emailadres", address);

    [Theory]
    [InlineData("x")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("@b.nl")]
    [InlineData("a@b")]
    [InlineData("a@b.c")]
    [InlineData("a@b..nl")]
    [InlineData("a@.nl")]
    [InlineData("a@b.nl.")]
    [InlineData("a..b@c.nl")]
    [InlineData(".a@b.nl")]
    [InlineData("a.@b.nl")]
    [InlineData("a b@c.nl")]
    [InlineData("a@b c.nl")]
    [InlineData("a@@b.nl")]
    [InlineData("a@b@c.nl")]
    [InlineData("é@example.com")]
    [InlineData("a@127.0.0.1")]
    [InlineData("a@[127.0.0.256]")]
    [InlineData("a@[x]")]
    [InlineData("a@[]")]
    [InlineData("a@[[::1]]")]
    [InlineData("a@LOCALHOST")]
    [InlineData("a@b_c.nl")]
    [InlineData("a@-b.nl")]
    [InlineData("a@b-.nl")]
    [InlineData("a@b.nl-")]
    [InlineData("a,b@c.nl")]
    [InlineData("<a@b.nl>")]
    [InlineData("Jan <a@b.nl>")]
    [InlineData("mailto:a@b.nl")]
    [InlineData("a@b.nl,c@d.nl")]
    [InlineData("a@b.nl\nc@d.nl")]
    [InlineData("\"quoted x\"@example.com")]
    [InlineData("\"open@example.com")]
    public async Task Anything_else_is_no_address(string text) => await Post(text).ShouldRefuse("emailadres", "invalid");

    [Theory]
    [MemberData(nameof(LabelsTooLong))]
    public async Task A_longer_label_is_not_allowed(string address) => await Post(address).ShouldRefuse("emailadres", "invalid");

    [Theory]
    [InlineData("null", "null")]
    [InlineData("5", "invalid")]
    [InlineData("true", "invalid")]
    [InlineData("[]", "invalid")]
    [InlineData("{}", "invalid")]
    public async Task An_address_is_a_text(string json, string code) =>
        await Consumer.Post(NatuurlijkPersoon.With("emailadres", Json.Of(json))).ShouldRefuse("emailadres", code);

    [Fact]
    public async Task An_address_is_trimmed() => await Post(" a@b.nl\n").ShouldShow("emailadres", "a@b.nl");

    [Fact]
    public async Task An_address_has_at_most_254_characters()
    {
        await Post($"{new string('a', 250)}@b.nl").ShouldRefuse("emailadres", "max_length");
        await Post(new string('x', 255)).ShouldRefuse("emailadres", "max_length", "invalid");
    }

    private Task<Answer> Post(string address) => Consumer.Post(NatuurlijkPersoon.With("emailadres", address));
}
