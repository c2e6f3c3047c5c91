using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Klanten.Tests.Support;

/// <summary>What a test expects of an answer. Each checks as well what holds for every answer of the kind.</summary>
public static partial class AnswerAssertions
{
    private const string Uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    /// <summary>An answer of this status, in the form that the standard prescribes for it.</summary>
    public static Answer ShouldBe(this Answer answer, int status)
    {
        Check(answer.Status == status, $"status {status}", answer);
        Check(answer["API-version"] == "1.0.0", "API-version 1.0.0", answer);
        Check(answer["Content-Type"] == ContentType(answer), $"Content-Type {ContentType(answer) ?? "absent"}", answer);
        if (answer.Method == "HEAD" || status is 204 or 304) Check(answer.Bytes.Length == 0, "no body", answer);
        return answer;
    }

    /// <summary>An error of the standard's form, Fout, with this code.</summary>
    public static Answer ShouldBeProblem(this Answer answer, int status, string code)
    {
        answer.ShouldBe(status);
        var problem = answer.Body;
        string[] keys = ["type", "code", "title", "status", "detail", "instance"];
        Check(problem.Keys().Take(6).SequenceEqual(keys) && problem.Count == (code == "invalid" ? 7 : 6), "the keys of a Fout", answer);
        Check(problem.Text("code") == code, $"code {code}", answer);
        Check(problem["status"]!.GetValue<int>() == status, "the status in the body", answer);
        Check(TypeUri().Match(problem.Text("type")).Groups[1].Value == TypeOf(status, code), $"type {TypeOf(status, code)}", answer);
        Check(problem.Text("title").Length > 0, "a title", answer);
        Check(problem.Text("detail").Length > 0, "a detail", answer);
        Check(InstanceUrn().IsMatch(problem.Text("instance")), "an instance", answer);
        return answer;
    }

    /// <summary>A ValidatieFout with exactly these errors, in this order.</summary>
    public static Answer ShouldBeInvalid(this Answer answer, params (string Name, string Code)[] expected)
    {
        answer.ShouldBeProblem(400, "invalid");
        var errors = answer.Body["invalidParams"]!.AsArray();
        var actual = errors.Select(e => (e!.Text("name"), e!.Text("code")));
        Check(actual.SequenceEqual(expected), string.Join(", ", expected), answer);
        Check(
            errors.All(e => e!.Keys() is ["name", "code", "reason"] && e!.Text("reason").Length > 0), "a name, a code and a reason",
            answer);
        return answer;
    }

    /// <summary>As <see cref="ShouldBeInvalid(Answer, ValueTuple{string, string}[])"/>, for one field with several codes.</summary>
    public static Answer ShouldBeInvalid(this Answer answer, string name, string[] codes) =>
        answer.ShouldBeInvalid([.. codes.Select(code => (name, code))]);

    /// <summary>A page with these klanten and no other pages.</summary>
    public static Answer ShouldList(this Answer answer, params JsonNode[] klanten)
    {
        answer.ShouldBe(200).Json.ShouldEqual(new JsonObject
        {
            ["count"] = klanten.Length,
            ["next"] = null,
            ["previous"] = null,
            ["results"] = new JsonArray([.. klanten.Select(k => k.DeepClone())]),
        });
        return answer;
    }

    /// <summary>The reference's name for the kind of error, which ends the type.</summary>
    private static string TypeOf(int status, string code) => status switch
    {
        400 when code == "invalid" => "ValidationError",
        400 => "ParseError",
        403 => "PermissionDenied",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        408 => "RequestTimeout",
        409 => "Conflict",
        412 => "PreconditionFailed",
        413 => "RequestEntityTooLarge",
        415 => "UnsupportedMediaType",
        429 => "Throttled",
        _ => "APIException",
    };

    private static string? ContentType(Answer answer) => answer switch
    {
        { Status: 204 or 304 } => null,
        { Method: "HEAD" } or { Status: < 400 } => "application/json",
        _ => "application/problem+json",
    };

    private static void Check(bool holds, string expected, Answer answer) => Assert.True(holds, $"expected {expected}\n{answer}");

    [GeneratedRegex("^https?://[^/]+/ref/fouten/([A-Za-z]+)/$")]
    private static partial Regex TypeUri();

    [GeneratedRegex($"^urn:uuid:{Uuid}$")]
    private static partial Regex InstanceUrn();
}
