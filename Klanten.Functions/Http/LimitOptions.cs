using System.ComponentModel.DataAnnotations;

namespace Klanten.Functions.Http;

/// <summary>Section <c>Klanten:Limieten</c>: how much the program takes on at a time (ADR 24).</summary>
public sealed class LimitOptions
{
    /// <summary>The maximum number of connections; null computes it from the number of descriptors that the process may have.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "Klanten:Limieten:Verbindingen moet minstens 1 zijn.")]
    public int? Verbindingen { get; set; }

    /// <summary>The maximum number of requests that write (POST, PUT, PATCH, DELETE) at a time.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Klanten:Limieten:Schrijfverzoeken moet tussen 1 en 1000000 liggen.")]
    public int Schrijfverzoeken { get; set; } = 1000;

    /// <summary>The maximum size of the bodies of those requests together, in MB of 1024 * 1024 bytes.</summary>
    [Range(1, 1024, ErrorMessage = "Klanten:Limieten:InhoudMB moet tussen 1 en 1024 liggen.")]
    public int InhoudMB { get; set; } = 32;

    /// <summary>How long a request that writes may wait, from its whole body to the start of its commit.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Klanten:Limieten:Wachttijd moet tussen 00:00:01 en 00:05:00 liggen.")]
    public TimeSpan Wachttijd { get; set; } = TimeSpan.FromSeconds(10);
}
