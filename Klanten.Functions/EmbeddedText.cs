namespace Klanten.Functions;

/// <summary>The text files that are part of this assembly.</summary>
internal static class EmbeddedText
{
    /// <param name="name">The LogicalName in the project file.</param>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
