namespace Klanten.Bench.Load;

/// <summary>A part of what is measured, which makes one table.</summary>
internal interface ILoadPart
{
    /// <summary>The seconds that its measurements take.</summary>
    double Estimate { get; }

    /// <returns>The lines of the table.</returns>
    Task<IEnumerable<string>> RunAsync(Measurement measurement);
}
