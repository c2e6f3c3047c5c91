namespace Klanten.Bench.Load;

/// <summary>How the program is measured as a whole.</summary>
/// <param name="Rounds">Rounds in which the sides of a comparison take turns; every figure is the median of them.</param>
/// <param name="Seconds">Length of one measurement.</param>
/// <param name="Sizes">Numbers of klanten, for the parts that compare stores.</param>
/// <param name="SoakMinutes">Length of the soak.</param>
/// <param name="Work">Folder for what is published and for the stores, which are made once.</param>
/// <param name="PublishArguments">Added to <c>dotnet publish</c>, the same for both sides of a comparison.</param>
/// <param name="Base">The revision that this checkout is compared with.</param>
internal sealed record LoadSettings(
    int Rounds, int Seconds, IReadOnlyList<int> Sizes, int SoakMinutes, string Work, IReadOnlyList<string> PublishArguments, string? Base);
