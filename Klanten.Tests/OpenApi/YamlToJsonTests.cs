using System.Text.RegularExpressions;
using Klanten.Functions.OpenApi;

namespace Klanten.Tests.OpenApi;

public sealed class YamlToJsonTests
{
    [Theory]
    [InlineData("a", "\"a\"")]
    [InlineData("3.0.0", "\"3.0.0\"")]
    [InlineData("2026-11-25", "\"2026-11-25\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("Infinity", "\"Infinity\"")]
    [InlineData("200", "200")]
    [InlineData("-1", "-1")]
    [InlineData("1.5", "1.5")]
    [InlineData("true", "true")]
    [InlineData("FALSE", "false")]
    [InlineData("null", "null")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("'200'", "\"200\"")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("\"null\"", "\"null\"")]
    [InlineData("''", "\"\"")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    public void A_scalar_is_read_by_the_core_schema(string yaml, string json) =>
        Assert.Equal($"{{\"key\":{json}}}", YamlToJson.Convert($"key: {yaml}\n"));

    [Fact]
    public void Keys_are_strings_and_keep_their_order() =>
        Assert.Equal("""{"b":{"200":[1,{"true":"één \"woord\"\nen nog een"}]},"a":"1 2"}""", YamlToJson.Convert("""
            b:
              200:
                - 1
                - true: |-
                    één "woord"
                    en nog een
            a: >-
              1
              2
            """));

    [Fact]
    public void The_document_has_no_number_that_is_not_decimal() =>
        Assert.DoesNotMatch(new Regex(@"[ \[](0[ox][0-9a-fA-F]+|[-+]?\.(inf|nan))\b", RegexOptions.IgnoreCase), OpenApiDocument.ReadFile());
}
