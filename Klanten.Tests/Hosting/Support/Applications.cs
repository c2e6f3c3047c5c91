using Klanten.Functions.Commands;

namespace Klanten.Tests.Hosting.Support;

/// <summary>The applications that these tests call the API with.</summary>
internal static class Applications
{
    /// <summary>May do everything.</summary>
    public const string Known = "bekend";

    /// <summary>Can sign, but only the Autorisaties API knows what it may do.</summary>
    public const string Elsewhere = "elders";

    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Klanten:Applicaties:0:ClientIds:0"] = Known,
        ["Klanten:Applicaties:0:Secret"] = SecretOf(Known),
        ["Klanten:Applicaties:0:Label"] = "Bekend",
        ["Klanten:Applicaties:0:HeeftAlleAutorisaties"] = "true",
        ["Klanten:Applicaties:1:ClientIds:0"] = Elsewhere,
        ["Klanten:Applicaties:1:Secret"] = SecretOf(Elsewhere),
    };

    public static string SecretOf(string clientId) => $"geheim-van-{clientId}-van-minstens-32-tekens";

    public static string TokenOf(string clientId) => TokenCommand.Token(clientId, SecretOf(clientId), DateTimeOffset.UtcNow);
}
