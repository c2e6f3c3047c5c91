using System.Globalization;

namespace Klanten.Functions.Hosts;

/// <summary>How many files and connections the process may have open (RLIMIT_NOFILE, <c>ulimit -n</c>).</summary>
internal static class DescriptorLimit
{
    private const string Limits = "/proc/self/limits";
    private const string Name = "Max open files";

    /// <summary>The limit; null where the system does not say it in the way of Linux.</summary>
    public static int? Read()
    {
        if (!File.Exists(Limits) || File.ReadLines(Limits).FirstOrDefault(IsOurs) is not { } line)
        {
            return null;
        }
        var soft = line[Name.Length..].TrimStart().Split(' ')[0];
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }

    private static bool IsOurs(string line) => line.StartsWith(Name, StringComparison.Ordinal);
}
