using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;

namespace Klanten.Functions.Commands;

/// <summary><c>seed --aantal N</c>: adds plausible klanten to the store, for a demo or a measurement.</summary>
internal static class SeedCommand
{
    public static Command Create()
    {
        var aantal = Positive("--aantal", "How many klanten to add.", int.MaxValue);
        aantal.Required = true;
        var bronorganisaties = Positive("--bronorganisaties", "How many bronorganisaties they are spread over.", SampleKlanten.MaxBronorganisaties);
        bronorganisaties.DefaultValueFactory = _ => 20;
        var seed = new Option<int>("--zaad") { Description = "The same seed makes the same klanten.", DefaultValueFactory = _ => 1 };
        var command = new Command("seed", "Add plausible klanten with test numbers to the store.") { aantal, bronorganisaties, seed };
        command.SetAction((result, cancellationToken) => CommandServices.UseAsync(async services =>
        {
            var count = result.GetRequiredValue(aantal);
            var sample = new SampleKlanten(result.GetRequiredValue(seed), result.GetRequiredValue(bronorganisaties));
            var fill = new FillStore(services.GetRequiredService<IKlantStore>(), services.GetRequiredService<TimeProvider>());
            var progress = new ProgressBar(count, result.InvocationConfiguration.Error);
            await fill.ExecuteAsync(sample.Endless().Take(count), new AuditContext { ApplicatieWeergave = "seed" }, progress, cancellationToken);
            progress.Finish();
            return 0;
        }));
        return command;
    }

    private static Option<int> Positive(string name, string description, int most)
    {
        var option = new Option<int>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var value) && (value < 1 || value > most))
                result.AddError($"{name} must be from 1 to {most}.");
        });
        return option;
    }

    /// <summary>One line that is written anew, at most ten times a second; in a file only the last.</summary>
    private sealed class ProgressBar(int total, TextWriter output) : IProgress<int>
    {
        private const int Width = 30;
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

        private readonly Stopwatch clock = Stopwatch.StartNew();
        private TimeSpan next;
        private int done;

        public void Report(int value)
        {
            done += value;
            if (Console.IsErrorRedirected || clock.Elapsed < next) return;
            next = clock.Elapsed + Pause;
            Write();
        }

        public void Finish()
        {
            Write();
            output.WriteLine();
        }

        private void Write()
        {
            var (filled, seconds) = ((int)((long)Width * done / total), clock.Elapsed.TotalSeconds);
            var left = done == 0 ? 0 : seconds / done * (total - done);
            output.Write(string.Create(CultureInfo.InvariantCulture,
                $"\r[{new string('#', filled)}{new string('.', Width - filled)}] {done:N0} of {total:N0} klanten, {done / seconds:N0}/s, {left:N0} s left "));
        }
    }
}
