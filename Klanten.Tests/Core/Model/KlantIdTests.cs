using System.Globalization;
using Klanten.Core.Model;

namespace Klanten.Tests.Core.Model;

/// <summary>The uuid of a klant encodes the RSIN of its bronorganisatie, and shows no sign of it.</summary>
public sealed class KlantIdTests
{
    private const string Rsin = "123456782";
    private const int ClockBits = 20;

    [Fact]
    public void A_uuid_encodes_the_RSIN_with_every_prefix()
    {
        // A prefix has eight digits. At most one ninth digit makes it an RSIN; for one prefix in eleven there is none.
        for (var prefix = 0; prefix < 100_000_000; prefix += 397)
        {
            if (Complete(prefix) is { } rsin) Assert.Equal(rsin, KlantId.New(rsin).Bronorganisatie);
        }
    }

    [Theory]
    [InlineData("000000000")]
    [InlineData("000000012")]
    [InlineData("999999990")]
    public void A_uuid_encodes_the_lowest_and_highest_RSINs(string rsin) =>
        Assert.Equal(rsin, KlantId.New(rsin).Bronorganisatie);

    [Fact]
    public void A_uuid_made_by_an_earlier_version_keeps_its_meaning()
    {
        Assert.True(KlantId.TryParse("0b71a3c4-1f5e-4d29-9c02-7a88055beff3", out var id));
        Assert.Equal(Rsin, id.Bronorganisatie);
        Assert.Equal("0b71a3c4-1f5e-4d29-9c02-7a88055beff3", id.ToString());
    }

    [Fact]
    public void A_uuid_has_the_form_of_version_4()
    {
        for (var i = 0; i < 1000; i++)
        {
            var text = KlantId.New(Rsin).ToString();
            Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", text);
        }
    }

    [Fact]
    public void No_bit_of_a_uuid_depends_visibly_on_the_RSIN()
    {
        // Each bit that version 4 and the clock leave free is 1 in about half of the uuids; 222 is 7 standard deviations.
        const int Uuids = 4000;
        var ones = new int[128];
        for (var i = 0; i < Uuids; i++)
        {
            var bytes = KlantId.New(Rsin).Value.ToByteArray(bigEndian: true);
            for (var bit = 0; bit < 128; bit++) ones[bit] += (bytes[bit / 8] >> (7 - bit % 8)) & 1;
        }
        int[] prescribed = [48, 49, 50, 51, 64, 65];
        for (var bit = ClockBits; bit < 128; bit++)
        {
            if (!prescribed.Contains(bit)) Assert.InRange(ones[bit], Uuids / 2 - 222, Uuids / 2 + 222);
        }
    }

    [Fact]
    public void Uuids_of_one_moment_begin_alike()
    {
        var before = Environment.TickCount64;
        var beginnings = Enumerable.Range(0, 1000).Select(_ => KlantId.New(Rsin).ToString()[..(ClockBits / 4)]).Distinct().Count();
        Assert.InRange(beginnings, 1, ((Environment.TickCount64 - before) / 16) + 2);
    }

    [Fact]
    public void No_uuid_is_made_twice() =>
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(_ => KlantId.New(Rsin)).Distinct().Count());

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("f47ac10b-58cc-1372-8567-0e02b2c3d479")]
    [InlineData("0190163d-8694-739b-aea5-966c26f8ad91")]
    [InlineData("f47ac10b-58cc-4372-c567-0e02b2c3d479")]
    [InlineData("0b71a3c4-1f5e-4d29-5c02-7a88055beff3")]
    [InlineData("0b71a3c4-1f5e-5d29-9c02-7a88055beff3")]
    public void A_uuid_of_another_version_encodes_no_RSIN(string text)
    {
        Assert.True(KlantId.TryParse(text, out var id));
        Assert.Null(id.Bronorganisatie);
    }

    [Fact]
    public void Most_uuids_made_by_other_systems_read_as_no_RSIN()
    {
        // One number in 11 passes the elfproef and 93% of the numbers of 30 bits have at most nine digits: 8.5% is expected.
        var mistaken = Enumerable.Range(0, 10_000).Count(_ => new KlantId(Guid.NewGuid()).Bronorganisatie is not null);
        Assert.InRange(mistaken, 1, 1_200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345678")]
    [InlineData("123456789")]
    [InlineData("onbekend")]
    public void A_bronorganisatie_that_is_no_RSIN_gets_a_uuid_of_its_own(string bronorganisatie) =>
        Assert.NotEqual(KlantId.New(bronorganisatie), KlantId.New(bronorganisatie));

    private static string? Complete(int prefix)
    {
        var digits = prefix.ToString("D8", CultureInfo.InvariantCulture);
        var ninth = digits.Select((digit, i) => (9 - i) * (digit - '0')).Sum() % 11;
        return ninth == 10 ? null : digits + ninth.ToString(CultureInfo.InvariantCulture);
    }
}
