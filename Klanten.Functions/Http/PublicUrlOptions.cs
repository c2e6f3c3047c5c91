using System.ComponentModel.DataAnnotations;
using Klanten.Functions.Settings;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Http;

/// <summary>Keys <c>Klanten:PubliekeUrl</c> and <c>Klanten:PubliekeUrls</c>.</summary>
public sealed class PublicUrlOptions : IValidatableObject
{
    /// <summary>
    /// Public address before <c>/api/v1</c>, such as https://klanten.gemeente.nl. It comes before <see cref="PubliekeUrls"/>; null is
    /// none. Without any address it is that of the request.
    /// </summary>
    public string? PubliekeUrl { get; set; }

    /// <summary>The public addresses, when there are several. A consumer is told the one that it asked, and no other.</summary>
    public IList<string> PubliekeUrls { get; } = [];

    /// <summary>All of them, the first one first, with their keys.</summary>
    internal IEnumerable<PublicUrlSetting> All
    {
        get
        {
            if (PubliekeUrl is { } url)
            {
                yield return new("Klanten:PubliekeUrl", url);
            }
            for (var i = 0; i < PubliekeUrls.Count; i++)
            {
                yield return new($"Klanten:PubliekeUrls:{i}", PubliekeUrls[i]);
            }
        }
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from address in All
        where !Addresses.IsBaseUrl(address.Url)
        select new SettingMistake(address.Key, SettingTexts.NoBaseUrl);
}

/// <summary>A public address.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Url">Its value.</param>
internal sealed record PublicUrlSetting(string Key, string Url);

/// <summary>Names a public address that is listed twice.</summary>
internal sealed class PublicUrlRemarks(IOptions<PublicUrlOptions> options) : ISettingsRemarks
{
    public IEnumerable<Sentence> Remarks()
    {
        var known = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, url) in options.Value.All)
        {
            var root = PublicUrls.Parse(url).Root;
            if (!known.TryAdd(root, key))
            {
                yield return SettingTexts.Keyed.With(key, SettingTexts.SameAddress.With(known[root]));
            }
        }
    }
}
