namespace Klanten.Tests.Support;

/// <summary>The settings of a developer's machine, where a demo application may do everything.</summary>
internal static class DeveloperMachine
{
    public const string ClientId = "demo";

    public const string Secret = "demo-geheim-dat-alleen-op-een-ontwikkelmachine-geldt";

    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["environment"] = "Development",
        ["Klanten:Demo:ClientId"] = ClientId,
        ["Klanten:Demo:Secret"] = Secret,
    };
}
