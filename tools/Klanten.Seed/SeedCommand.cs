using System.CommandLine;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Commands;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Seed;

/// <summary>
/// The command line: <c>Klanten.Seed --aantal N</c> adds plausible klanten to the store that the program is configured to use.
/// </summary>
internal static class SeedCommand
{
    private const int DefaultBronorganisaties = 20;
    private const int DefaultSeed = 1;

    public static RootCommand Create()
    {
        var aantal = PositiveOption("--aantal", "How many klanten to add.", int.MaxValue);
        aantal.Required = true;
        var bronorganisaties = PositiveOption(
            "--bronorganisaties", "How many bronorganisaties they are spread over.", SampleKlanten.MaxBronorganisaties);
        bronorganisaties.DefaultValueFactory = _ => DefaultBronorganisaties;
        var zaad = new Option<int>("--zaad")
        {
            Description = "The same seed makes the same klanten.",
            DefaultValueFactory = _ => DefaultSeed,
        };
        var command = new RootCommand(
            "Adds plausible klanten with test numbers to the store, for a demo or a measurement. The settings are those of the program.")
        {
            aantal, bronorganisaties, zaad,
        };
        command.SetAction((result, cancellationToken) => CommandServices.UseAsync(async services =>
        {
            var count = result.GetRequiredValue(aantal);
            var sample = new SampleKlanten(result.GetRequiredValue(zaad), result.GetRequiredValue(bronorganisaties));
            var fill = new StoreFiller(services.GetRequiredService<IKlantStore>(), services.GetRequiredService<TimeProvider>());
            var progress = new ProgressBar(count, result.InvocationConfiguration.Error);
            var auditContext = new AuditContext { ApplicatieWeergave = "seed" };
            await fill.ExecuteAsync(sample.Endless().Take(count), auditContext, progress, cancellationToken);
            progress.Finish();
            return 0;
        }));
        return command;
    }

    private static Option<int> PositiveOption(string name, string description, int max)
    {
        var option = new Option<int>(name) { Description = description };
        option.Validators.Add(result =>
        {
            // A text that is not a number gets an error from the parser itself.
            var isNumber = int.TryParse(result.Tokens is [var token] ? token.Value : null, out var value);
            if (isNumber && (value < 1 || value > max))
            {
                result.AddError($"{name} must be from 1 to {max}.");
            }
        });
        return option;
    }
}
