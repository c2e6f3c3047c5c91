using System.Text.Json.Nodes;

namespace Klanten.Tests.Support;

/// <summary>The configuration of an Autorisaties API, and what it answers.</summary>
internal static class AutorisatiesApi
{
    public const string ClientId = "klanten-api";
    public const string Secret = "geheim-bij-de-autorisaties-api-van-32-tekens";
    public const string Uuid = "99999999-9999-4999-8999-999999999999";
    public const string Label = "Via AC";

    public static Dictionary<string, string?> SettingsOf(string root) => new()
    {
        ["Klanten:Autorisaties:Url"] = $"{root}/api/v1",
        ["Klanten:Autorisaties:ClientId"] = ClientId,
        ["Klanten:Autorisaties:Secret"] = Secret,
        ["Klanten:Autorisaties:Levensduur"] = "00:10:00",
    };

    public static JsonObject Applicatie(string component = "kc", params string[] scopes) =>
        ApplicatieOf(Applications.Elders.ClientId, component, scopes);

    /// <summary>An application, as the standard describes it.</summary>
    public static JsonObject ApplicatieOf(string clientId, string component = "kc", params string[] scopes) => new()
    {
        ["url"] = $"https://autorisaties.example/api/v1/applicaties/{Uuid}",
        ["clientIds"] = new JsonArray("een-ander", clientId),
        ["label"] = Label,
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

    public static string Page(params JsonObject[] applicaties) => new JsonObject
    {
        ["count"] = applicaties.Length,
        ["next"] = null,
        ["previous"] = null,
        ["results"] = new JsonArray([.. applicaties]),
    }.ToJsonString();
}
