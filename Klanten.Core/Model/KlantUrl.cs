using System.Text;

namespace Klanten.Core.Model;

/// <summary>The public address of the klanten, as the consumer of the current request reaches it.</summary>
/// <param name="Prefix">An absolute URL ending in "/klanten/".</param>
public readonly record struct KlantUrl(string Prefix)
{
    /// <summary>The prefix in UTF-8, encoded once for all klanten of an answer.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = Encoding.UTF8.GetBytes(Prefix);

    /// <summary>The URL of one klant.</summary>
    public string For(KlantId id) => Prefix + id;
}
