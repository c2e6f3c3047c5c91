using System.Text.Json;
using System.Text.RegularExpressions;

namespace Klanten.Tests.Docs;

/// <summary>A file of requests as editors run it (.http): blocks after ###, variables, and values of earlier answers.</summary>
/// <param name="text">The text of the file.</param>
/// <param name="variables">Takes the place of the values that the file gives to variables.</param>
internal sealed partial class HttpFile(string text, IReadOnlyDictionary<string, string> variables)
{
    private readonly Dictionary<string, string> values =
        Definition().Matches(text).ToDictionary(line => line.Groups[1].Value, line => line.Groups[2].Value);

    private readonly Dictionary<string, (HttpResponseMessage Answer, JsonElement Body)> named = [];

    /// <summary>Sends each request, in the order of the file.</summary>
    public async IAsyncEnumerable<(string Title, HttpResponseMessage Answer)> RunAsync(HttpClient client)
    {
        foreach (var block in text.ReplaceLineEndings("\n").Split("\n###")[1..])
        {
            var lines = block.Split('\n');
            var name = lines.Select(line => Name().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value;
            using var request = Read([.. lines[1..].Where(line => !line.StartsWith('#')).Select(Fill)]);
            var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            if (name is not null) named[name] = (answer, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
            yield return (lines[0].Trim(), answer);
        }
    }

    private static HttpRequestMessage Read(string[] lines)
    {
        var first = lines[0].Split(' ', 2);
        var headers = lines[1..].TakeWhile(line => line.Length > 0).Select(line => line.Split(": ", 2)).ToArray();
        var body = string.Join('\n', lines[(headers.Length + 1)..]).Trim();
        var request = new HttpRequestMessage(new(first[0]), first[1]);
        if (body.Length > 0) request.Content = new StringContent(body);
        foreach (var header in headers)
        {
            if (header[0] == "Content-Type") request.Content!.Headers.ContentType = new(header[1]);
            else request.Headers.TryAddWithoutValidation(header[0], header[1]);
        }
        return request;
    }

    private string Fill(string line) =>
        Variable().IsMatch(line) ? Fill(Variable().Replace(line, match => Value(match.Groups[1].Value))) : line;

    private string Value(string name) => name.Split('.') switch
    {
        [var request, "response", "body", var field] => named[request].Body.GetProperty(field).GetString()!,
        [var request, "response", "headers", var header] => named[request].Answer.Headers.GetValues(header).Single(),
        _ => variables.GetValueOrDefault(name) ?? values[name],
    };

    [GeneratedRegex(@"^@(\w+) = (.+)$", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"^# @name (\w+)$")]
    private static partial Regex Name();

    [GeneratedRegex(@"\{\{([^}]+)\}\}")]
    private static partial Regex Variable();
}
