using Klanten.Core.Validation;

namespace Klanten.Functions.OpenApi;

/// <summary>What OpenAPI has words for in the rules of a text. The elfproef it has none for.</summary>
internal static class RuleForms
{
    public static string? Format(this TextRule? rule) =>
        rule == TextRules.WebUrl ? "uri" : rule == TextRules.Email ? "email" : null;

    public static string? Pattern(this TextRule? rule) =>
        rule == TextRules.ANummer ? "^[1-9][0-9]{9}$" : null;
}
