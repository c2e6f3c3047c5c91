namespace Klanten.Functions.Settings;

/// <summary>Finds the key that the writer of an unknown one probably meant.</summary>
internal static class NearestKey
{
    /// <summary>A key in another group counts as less like it than one with another letter in the same group.</summary>
    private const int OtherGroup = 3;

    /// <summary>The known key whose name is most like that of the path, preferably in the same group.</summary>
    /// <param name="path">A path that is not known.</param>
    /// <param name="tree">All known keys.</param>
    public static string Find(string path, KnownSetting tree)
    {
        var name = ConfigurationPath.GetSectionKey(path);
        var group = ConfigurationPath.GetParentPath(path);
        // The first name, that of the program's own group, is no candidate.
        return tree.Members.SelectMany(root => Paths(root.Value, root.Key, path.Split(ConfigurationPath.KeyDelimiter).AsMemory(1)))
            .MinBy(candidate => 2 * EditDistance.Between(name, ConfigurationPath.GetSectionKey(candidate))
                + (string.Equals(group, ConfigurationPath.GetParentPath(candidate), StringComparison.OrdinalIgnoreCase) ? 0 : OtherGroup))!;
    }

    /// <summary>The paths of all keys. An item of a list has the number that the unknown path has in its place, or 0.</summary>
    private static IEnumerable<string> Paths(KnownSetting known, string path, ReadOnlyMemory<string> numbers)
    {
        var rest = numbers.IsEmpty ? numbers : numbers[1..];
        if (known.Item is { } item)
        {
            var number = !numbers.IsEmpty && int.TryParse(numbers.Span[0], out _) ? numbers.Span[0] : "0";
            return Paths(item, ConfigurationPath.Combine(path, number), rest);
        }
        return known.Members.SelectMany(member =>
        {
            var child = ConfigurationPath.Combine(path, member.Key);
            return Paths(member.Value, child, rest).Prepend(child);
        });
    }
}
