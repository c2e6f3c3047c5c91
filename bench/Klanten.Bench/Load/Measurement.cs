using Klanten.Bench.Programs;
using Klanten.Functions.Commands;

namespace Klanten.Bench.Load;

/// <summary>Measures cases on several sides, and reports how far it is.</summary>
/// <param name="generator">Makes the requests.</param>
/// <param name="settings">How long and how often.</param>
/// <param name="report">Is told what was measured.</param>
/// <param name="estimate">The seconds that all measurements take.</param>
internal sealed class Measurement(LoadGenerator generator, LoadSettings settings, ReportProgress report, double estimate)
{
    public const int Readers = 8;
    public const int Writers = 16;

    private double done;

    public Figures Figures { get; } = new();

    /// <summary>Requests whose figures do not count, so that the program is compiled and its caches are filled.</summary>
    public Task WarmAsync(string root, string token, string kind, string requests, int seconds, int connections = Readers) =>
        RunAsync("warm up", root, token, kind, requests, connections, seconds);

    public async Task GetAsync(string side, string @case, string root, string token, string requests) =>
        Figures.Add(side, @case, await RunAsync($"{side} {@case}", root, token, "get", requests, Readers, settings.Seconds));

    public Task GetAsync(string side, string @case, ServedProgram served, string requests) =>
        GetAsync(side, @case, served.Root, served.Token, requests);

    public async Task WriteAsync(string side, string @case, ServedProgram served, string kind, string requests) =>
        Figures.Add(
            side, @case, await RunAsync($"{side} {@case}", served.Root, served.Token, kind, requests, Writers, settings.Seconds));

    private async Task<LoadFigure> RunAsync(
        string what, string root, string token, string kind, string requests, int connections, int seconds)
    {
        var figure = await generator.RunAsync($"{root}/api/v1/klanten", token, kind, requests, connections, seconds);
        done += seconds;
        report(what, Math.Min(1, done / estimate));
        return figure;
    }
}
