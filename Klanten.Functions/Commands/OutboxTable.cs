using System.Globalization;
using System.Text.Json.Nodes;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Commands;

/// <summary>The outbox: its counts, and a row for each notification. It says which klant and no more about it.</summary>
internal sealed class OutboxTable(OutboxStatus status, IReadOnlyList<OutboxLine> oldest, DateTimeOffset now)
{
    public void Print(CommandConsole console)
    {
        console.Say(Texts.OutboxCounts, status.Waiting, status.Parked);
        if (oldest.Count == 0)
        {
            return;
        }
        console.Say(Texts.OutboxHeader);
        foreach (var line in oldest)
        {
            console.Say(Row(line, console[line.Parked ? Texts.OutboxParked : Texts.OutboxWaiting]));
        }
        var rest = status.Waiting + status.Parked - oldest.Count;
        if (rest > 0)
        {
            console.Say(Texts.OutboxMore, rest);
        }
    }

    public JsonObject ToJson() => new()
    {
        ["wachtend"] = status.Waiting,
        ["geparkeerd"] = status.Parked,
        ["notificaties"] = new JsonArray([.. oldest.Select(ToJson)]),
    };

    private static JsonObject ToJson(OutboxLine line) => new()
    {
        ["klant"] = line.Klant.ToString(),
        ["actie"] = line.Actie.Code(),
        ["geparkeerd"] = line.Parked,
        ["wachtSinds"] = Write(line.Since),
        ["pogingen"] = line.Attempts,
        ["volgendePoging"] = line.NextAttempt is { } moment ? Write(moment) : null,
    };

    private string Row(OutboxLine line, string state)
    {
        var age = line.Since < now ? now - line.Since : TimeSpan.Zero;
        var next = line.NextAttempt is { } moment ? Write(moment) : "-";
        var waited = $"{Write(line.Since)}  {age.ToString("d\\.hh\\:mm\\:ss", CultureInfo.InvariantCulture),-12}";
        return string.Create(
            CultureInfo.InvariantCulture, $"{state,-10} {waited} {line.Attempts,-9} {next,-21} {line.Actie.Code(),-15} {line.Klant}");
    }

    private static string Write(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
