using System.Text.Json.Nodes;
using Klanten.Tests.Hosting.Support;

namespace Klanten.Tests.Autorisaties;

/// <summary>What an Autorisaties API answers, and where the program finds it.</summary>
internal static class AutorisatiesApi
{
    public const string Secret = "geheim-bij-de-autorisaties-api-van-32-tekens";
    public const string Uuid = "99999999-9999-4999-8999-999999999999";

    public static Dictionary<string, string?> SettingsOf(string root) => new()
    {
        ["Klanten:Autorisaties:Url"] = $"{root}/api/v1",
        ["Klanten:Autorisaties:ClientId"] = "klanten-api",
        ["Klanten:Autorisaties:Secret"] = Secret,
        ["Klanten:Autorisaties:Levensduur"] = "00:10:00",
    };

    /// <summary>An application, as the standard describes it.</summary>
    public static JsonObject Applicatie(string clientId = Applications.Elsewhere, string component = "kc", params string[] scopes) => new()
    {
        ["url"] = $"https://autorisaties.example/api/v1/applicaties/{Uuid}",
        ["clientIds"] = new JsonArray("een-ander", clientId),
        ["label"] = "Via AC",
        ["heeftAlleAutorisaties"] = false,
        ["autorisaties"] = new JsonArray(new JsonObject
        {
            ["applicatie"] = $"https://autorisaties.example/api/v1/applicaties/{Uuid}",
            ["component"] = component,
            ["componentWeergave"] = "Klanten API",
            ["scopes"] = new JsonArray([.. scopes.Select(s => JsonValue.Create(s))]),
            ["zaaktype"] = "",
            ["maxVertrouwelijkheidaanduiding"] = "",
        }),
    };

    public static string Page(params JsonObject[] applicaties) =>
        new JsonObject { ["count"] = applicaties.Length, ["next"] = null, ["previous"] = null, ["results"] = new JsonArray([.. applicaties]) }.ToJsonString();
}
