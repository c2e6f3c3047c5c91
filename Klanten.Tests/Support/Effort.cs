using System.Globalization;

namespace Klanten.Tests.Support;

/// <summary>
/// How far tests go that draw by chance. A run of the suite does a little, always the same; environment variables make one go on for
/// as long as asked, or from another seed. Each such test prints its seed.
/// </summary>
internal static class Effort
{
    /// <summary>How many rounds a test does: what the variable says, or else the default.</summary>
    /// <param name="variable">Such as <c>KLANTEN_KILL_ROUNDS</c>.</param>
    /// <param name="inSuite">How many it does in a run of the suite.</param>
    public static int Rounds(string variable, int inSuite) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : inSuite;
}
