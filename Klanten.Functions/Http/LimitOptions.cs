using System.ComponentModel.DataAnnotations;
using Klanten.Functions.Settings;

namespace Klanten.Functions.Http;

/// <summary>Section <c>Klanten:Limieten</c>: how much the program takes on at a time (ADR 24).</summary>
public sealed class LimitOptions : IValidatableObject
{
    internal const string Section = "Klanten:Limieten";

    /// <summary>The maximum number of connections, at least 1; null computes it from the number of descriptors of the process.</summary>
    public int? Verbindingen { get; set; }

    /// <summary>
    /// The maximum number of requests that write (POST, PUT, PATCH, DELETE) at a time, from their whole body on, 1 to 1,000,000.
    /// </summary>
    public int Schrijfverzoeken { get; set; } = 1000;

    /// <summary>
    /// The maximum size of the bodies of those requests and of the klanten that they change together, 1 to 1024 MB of 1024 * 1024 bytes.
    /// </summary>
    public int InhoudMB { get; set; } = 32;

    /// <summary>How long a request that writes may wait, from its whole body to the start of its commit; 1 second to 5 minutes.</summary>
    public TimeSpan Wachttijd { get; set; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Verbindingen < 1)
        {
            yield return new SettingMistake($"{Section}:{nameof(Verbindingen)}", SettingTexts.AtLeast.With(1));
        }
        if (Schrijfverzoeken is < 1 or > 1_000_000)
        {
            yield return new SettingMistake($"{Section}:{nameof(Schrijfverzoeken)}", SettingTexts.Between.With(1, 1_000_000));
        }
        if (InhoudMB is < 1 or > 1024)
        {
            yield return new SettingMistake($"{Section}:{nameof(InhoudMB)}", SettingTexts.Between.With(1, 1024));
        }
        if (Wachttijd < TimeSpan.FromSeconds(1) || Wachttijd > TimeSpan.FromMinutes(5))
        {
            yield return new SettingMistake($"{Section}:{nameof(Wachttijd)}", SettingTexts.Between.With("00:00:01", "00:05:00"));
        }
    }
}
