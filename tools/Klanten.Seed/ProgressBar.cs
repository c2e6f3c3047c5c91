using System.Diagnostics;
using System.Globalization;

namespace Klanten.Seed;

/// <summary>Progress on one line of a terminal, updated at most ten times a second; a redirected output gets the last line only.</summary>
internal sealed class ProgressBar(int total, TextWriter output) : IProgress<int>
{
    private const int Width = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan nextUpdate;
    private int done;

    /// <param name="value">How many klanten were added since the previous report.</param>
    public void Report(int value)
    {
        done += value;
        if (Console.IsErrorRedirected || clock.Elapsed < nextUpdate)
        {
            return;
        }
        nextUpdate = clock.Elapsed + Interval;
        Write();
    }

    public void Finish()
    {
        Write();
        output.WriteLine();
    }

    private void Write()
    {
        var filled = (int)((long)Width * done / total);
        var bar = new string('#', filled) + new string('.', Width - filled);
        var seconds = clock.Elapsed.TotalSeconds;
        var left = done == 0 ? 0 : seconds / done * (total - done);
        output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\r[{bar}] {done:N0} of {total:N0} klanten, {done / seconds:N0}/s, {left:N0} s left "));
    }
}
