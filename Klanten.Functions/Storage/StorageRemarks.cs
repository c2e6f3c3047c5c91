using Klanten.Functions.Settings;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Storage;

/// <summary>Names the section of the store that <c>Klanten:Opslag</c> does not choose.</summary>
internal sealed class StorageRemarks(IConfiguration configuration, IOptions<StorageOptions> options) : ISettingsRemarks
{
    public IEnumerable<Sentence> Remarks()
    {
        var unused = options.Value.Opslag == Opslag.Cosmos ? Opslag.Sqlite : Opslag.Cosmos;
        if (configuration.GetSection($"Klanten:{unused}").Exists())
        {
            yield return SettingTexts.Keyed.With($"Klanten:{unused}", SettingTexts.UnusedStore.With(options.Value.Opslag));
        }
    }
}
