using System.Text.Json;
using System.Text.Json.Nodes;

namespace Klanten.Functions.Commands;

/// <summary>What a command says, and in which form: sentences for a person, or one JSON object for a script.</summary>
internal sealed class CommandConsole(CommandLanguage language, TextWriter output, TextWriter error, bool isJson)
{
    public string this[Text text, params object?[] values] => language[text, values];

    public string this[Sentence sentence] => language[sentence];

    /// <summary>Tells a person something on standard output.</summary>
    public void Say(Text text, params object?[] values) => Say(language[text, values]);

    public void Say(string line)
    {
        if (!isJson)
        {
            output.WriteLine(line);
        }
    }

    /// <summary>Gives a script the result of the command on standard output.</summary>
    public void Answer(JsonObject result)
    {
        if (isJson)
        {
            output.WriteLine(result.ToJsonString(JsonSerializerOptions.Default));
        }
    }

    /// <summary>Says on standard error why the command failed, in either form; returns the exit code.</summary>
    public int Fail(Text text, params object?[] values) => Fail(text.With(values));

    public int Fail(Sentence sentence)
    {
        error.WriteLine(language[sentence]);
        return ExitCode.Failure;
    }
}
