using YamlDotNet.RepresentationModel;

namespace Klanten.Tests.Support;

/// <summary>A file of the repository in YAML.</summary>
internal static class YamlFile
{
    public static YamlMappingNode Read(params string[] path)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Repository.PathOf(path));
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }
}
