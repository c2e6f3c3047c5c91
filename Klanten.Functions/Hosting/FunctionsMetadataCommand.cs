using System.CommandLine;
using System.Text.Json;

namespace Klanten.Functions.Hosting;

/// <summary><c>functions-metadata --map DIR</c>: writes a function.json for every endpoint, for the Functions host to read.</summary>
internal static class FunctionsMetadataCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static Command Create(IEndpointRouteBuilder app)
    {
        var map = new Option<DirectoryInfo>("--map") { Description = "The folder that holds host.json.", Required = true };
        var command = new Command("functions-metadata", "Write function.json files for the Azure Functions host.") { map };
        command.SetAction(result =>
        {
            var functions = FunctionJson.Of(app.DataSources.SelectMany(source => source.Endpoints));
            foreach (var function in functions)
            {
                var folder = result.GetRequiredValue(map).CreateSubdirectory(function.Name);
                File.WriteAllText(Path.Combine(folder.FullName, "function.json"), function.Content.ToJsonString(Indented) + "\n");
            }
            result.InvocationConfiguration.Output.WriteLine($"{functions.Count} functions");
        });
        return command;
    }
}
