using System.Buffers.Binary;
using System.Globalization;
using Klanten.Core.Fields;

namespace Klanten.Core.Model;

/// <summary>The uuid in a klant's URL (version 4, RFC 9562).</summary>
/// <remarks>
/// A URL does not name the bronorganisatie, yet a store that is partitioned by it must find the klant in one read.
/// Therefore 30 of the 122 free bits of the uuid encode the RSIN under which the klant was made. They are
/// exclusive-or'ed with a mask that is computed from the other 92, so that uuids of one bronorganisatie share no visible
/// pattern. The RSIN is a hint: it is not secret, it goes out of date when the klant moves, and one in twelve uuids made
/// by another system reads as an RSIN.
/// The first 20 bits are a clock, so that klanten of one moment are side by side in an index of uuids (ADR 36). 72 are random.
/// </remarks>
public readonly record struct KlantId(Guid Value)
{
    private const int HintBits = 30;
    private const ulong HintMask = (1UL << HintBits) - 1;

    private const int ClockBits = 20;
    private const ulong ClockMask = ~0UL << (64 - ClockBits);

    /// <summary>The clock counts 16 ms, and starts again after 4.7 hours.</summary>
    private const int BitsOfMilliseconds = 4;

    /// <summary>Makes a uuid that encodes the bronorganisatie, or one of random bits when that is not an RSIN.</summary>
    public static KlantId New(string bronorganisatie)
    {
        var (high, low) = Split(Guid.NewGuid());
        high = (high & ~ClockMask) | ((ulong)(Environment.TickCount64 >> BitsOfMilliseconds) << (64 - ClockBits));
        if (Rules.Elfproef(bronorganisatie) is not null) return new(Join(high, low));
        var rsin = ulong.Parse(bronorganisatie, NumberStyles.None, CultureInfo.InvariantCulture);
        return new(Join(high, (low & ~HintMask) | (rsin ^ Mask(high, low))));
    }

    /// <summary>
    /// The bronorganisatie that the uuid encodes; null when the uuid cannot come from <see cref="New"/> with an RSIN. It is a
    /// hint, see the remarks of the type.
    /// </summary>
    public string? Bronorganisatie
    {
        get
        {
            var (high, low) = Split(Value);
            if (((high >> 12) & 0xF) != 4 || low >> 62 != 0b10) return null;
            var rsin = ((low & HintMask) ^ Mask(high, low)).ToString("D9", CultureInfo.InvariantCulture);
            return Rules.Elfproef(rsin) is null ? rsin : null;
        }
    }

    /// <inheritdoc cref="UuidText.TryParse"/>
    public static bool TryParse(ReadOnlySpan<char> text, out KlantId id)
    {
        var parsed = UuidText.TryParse(text, out var uuid);
        id = new(uuid);
        return parsed;
    }

    public override string ToString() => Value.ToString("D");

    /// <summary>
    /// Hashes the other bits to 30 bits with the finalizer of MurmurHash3. It must never change, because the uuids in use
    /// depend on it.
    /// </summary>
    private static ulong Mask(ulong high, ulong low)
    {
        var hash = high ^ ((low >> HintBits) * 0x9E37_79B9_7F4A_7C15);
        hash = (hash ^ (hash >> 33)) * 0xFF51_AFD7_ED55_8CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CE_B9FE_1A85_EC53;
        return (hash ^ (hash >> 33)) & HintMask;
    }

    private static (ulong High, ulong Low) Split(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return (BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
    }

    private static Guid Join(ulong high, ulong low)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        return new(bytes, bigEndian: true);
    }
}
