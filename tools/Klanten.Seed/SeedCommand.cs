using System.CommandLine;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Commands;
using Klanten.Functions.Languages;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Seed;

/// <summary>
/// The command line: <c>Klanten.Seed --aantal N</c> adds plausible klanten to the store that the program is configured to use.
/// </summary>
internal static class SeedCommand
{
    private const int DefaultBronorganisaties = 20;
    private const int DefaultSeed = 1;

    public static Command Create(CommandLanguage language)
    {
        var command = new DocumentedCommand("Klanten.Seed", Texts.Seed, "--aantal 10000", language);
        var aantal = command.AddNumber("--aantal", Texts.SeedCount, 1, int.MaxValue);
        var bronorganisaties = command.AddNumber(
            "--bronorganisaties", Texts.SeedBronorganisaties, 1, SampleKlanten.MaxBronorganisaties, DefaultBronorganisaties);
        var zaad = command.AddNumber("--zaad", Texts.SeedNumber, int.MinValue, int.MaxValue, DefaultSeed);
        return command.Runs((result, console, cancellationToken) => CommandServices.UseAsync(console, async services =>
        {
            var count = result.GetRequiredValue(aantal);
            var sample = new SampleKlanten(result.GetRequiredValue(zaad), result.GetRequiredValue(bronorganisaties));
            var fill = new StoreFiller(services.GetRequiredService<IKlantStore>(), services.GetRequiredService<TimeProvider>());
            var auditContext = new AuditContext { ApplicatieWeergave = "seed" };
            var done = await LongWork.RunAsync(console[Texts.Progress, 0], async report =>
            {
                var added = 0;
                void Add(int more)
                {
                    added += more;
                    report(console[Texts.Progress, added], (double)added / count);
                }
                await fill.ExecuteAsync(sample.Endless().Take(count), auditContext, Add, cancellationToken);
                return added;
            });
            console.Say(Texts.Seeded, done);
            console.Answer(new() { ["toegevoegd"] = done });
            return ExitCode.Success;
        }));
    }
}
