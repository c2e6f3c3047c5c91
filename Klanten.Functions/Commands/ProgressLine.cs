using System.Diagnostics;
using System.Globalization;

namespace Klanten.Functions.Commands;

/// <summary>Shows how far a long command is, and how long it will take: on a screen in one line, in a log in a line now and then.</summary>
internal sealed class ProgressLine(TextWriter error)
{
    private static readonly TimeSpan Interval = Console.IsErrorRedirected ? TimeSpan.FromSeconds(30) : TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly string lineStart = Console.IsErrorRedirected ? "" : "\r";
    private readonly string lineEnd = Console.IsErrorRedirected ? Environment.NewLine : " ";
    private TimeSpan next = Interval;
    private double? first;

    /// <param name="done">What was done, as a phrase.</param>
    /// <param name="fraction">How much of all was done, from 0 to 1.</param>
    public void Report(string done, double fraction)
    {
        // A command that goes on where it stopped has done the part before that in no time.
        first ??= fraction;
        if (clock.Elapsed < next) return;
        next = clock.Elapsed + Interval;
        error.Write(string.Create(CultureInfo.InvariantCulture, $"{lineStart}{done}, {fraction:P1}{TimeLeft(fraction)}{lineEnd}"));
    }

    /// <summary>Ends the line, so that what is printed next begins on its own.</summary>
    public void Finish()
    {
        if (!Console.IsErrorRedirected && next > Interval) error.WriteLine();
    }

    private string TimeLeft(double fraction)
    {
        if (first is not { } start || fraction <= start) return "";
        var left = clock.Elapsed * ((1 - fraction) / (fraction - start));
        return string.Create(CultureInfo.InvariantCulture, $", {left:hh\\:mm\\:ss} left");
    }
}
