using Spectre.Console;

namespace Klanten.Functions.Commands;

/// <summary>Says how far long work is: what was done, as a phrase, and how much of all, from 0 to 1.</summary>
internal delegate void ReportProgress(string done, double fraction);

/// <summary>Long work of a command: a terminal shows it with the time that it still takes, a log or a script sees nothing of it.</summary>
internal static class LongWork
{
    private const double Complete = 1;

    public static T Run<T>(string subject, Func<ReportProgress, T> work) =>
        RunAsync(subject, report => Task.FromResult(work(report))).GetAwaiter().GetResult();

    public static void Run(string subject, Action<ReportProgress> work) => Run(subject, report =>
    {
        work(report);
        return Complete;
    });

    /// <param name="subject">What is shown until the work reports something.</param>
    /// <param name="work">Reports from one thread at a time.</param>
    public static Task<T> RunAsync<T>(string subject, Func<ReportProgress, Task<T>> work) =>
        Console.IsErrorRedirected ? work((_, _) => { }) : ShowAsync(subject, work);

    private static Task<T> ShowAsync<T>(string subject, Func<ReportProgress, Task<T>> work)
    {
        var terminal = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        var description = new TaskDescriptionColumn { Alignment = Justify.Left };
        var progress = terminal.Progress()
            .Columns(description, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
        return progress.StartAsync(async context =>
        {
            // Work that goes on where it stopped has done the part before that in no time, so the clock starts at the first report.
            var shown = context.AddTask(Markup.Escape(subject), new ProgressTaskSettings { MaxValue = Complete, AutoStart = false });
            var result = await work((done, fraction) =>
            {
                shown.Description = Markup.Escape(done);
                shown.Value = fraction;
                if (!shown.IsStarted)
                {
                    shown.StartTask();
                }
            });
            shown.Value = Complete;
            return result;
        });
    }
}
