using Klanten.Functions.Settings;

namespace Klanten.Functions.Hosts;

/// <summary>Names settings of the server that do not do what they seem to.</summary>
internal sealed class ListenRemarks(IConfiguration settings) : ISettingsRemarks
{
    /// <summary>What is read of the section of the server: limits are never, and certificates only with HTTPS.</summary>
    private static readonly string[] Read = ["Endpoints", "EndpointDefaults"];

    public IEnumerable<Sentence> Remarks() =>
    [
        .. settings.GetSection("Kestrel").GetChildren()
            .Where(child => !Read.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => SettingTexts.Keyed.With(child.Path, StartTexts.NotRead)),
        .. ListenAddresses.Read(settings).OfThisMachine.Select(url => StartTexts.AllAddresses.With(url)),
    ];
}
