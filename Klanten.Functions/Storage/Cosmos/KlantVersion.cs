using System.Globalization;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// What a <see cref="Core.Ports.StoredKlant.Version"/> holds here: the ETag, and what the next write must know of the
/// document, so that it need not read it again.
/// </summary>
internal sealed record KlantVersion(long Regels, string Volgorde, string Bronorganisatie, string? SpoorIn, string ETag)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Regels}|{Volgorde}|{Bronorganisatie}|{SpoorIn}|{ETag}");

    public static KlantVersion Parse(string text) =>
        text.Split('|', 5) is [var regels, var volgorde, var bronorganisatie, var spoorIn, var etag]
        && long.TryParse(regels, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(number, volgorde, bronorganisatie, spoorIn.Length == 0 ? null : spoorIn, etag)
            : throw new ArgumentException("The klant was not read from this store.", nameof(text));
}
