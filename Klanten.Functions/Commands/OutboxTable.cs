using System.Globalization;
using System.Text;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Commands;

/// <summary>The outbox as text: its counts, and a row for each notification. It says which klant and no more about it.</summary>
internal static class OutboxTable
{
    private const string Header = "state    waiting since         age          attempts  next attempt          actie           klant";

    public static string Write(OutboxStatus status, IReadOnlyList<OutboxLine> oldest, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{status.Waiting} notifications wait, {status.Parked} are parked.");
        if (oldest.Count == 0)
        {
            return text.ToString();
        }
        text.AppendLine(Header);
        foreach (var line in oldest)
        {
            text.AppendLine(Row(line, now));
        }
        var rest = status.Waiting + status.Parked - oldest.Count;
        if (rest > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{rest} more are newer; --aantal N prints more.");
        }
        return text.ToString();
    }

    private static string Row(OutboxLine line, DateTimeOffset now)
    {
        var state = line.Parked ? "parked" : "waiting";
        var age = line.Since < now ? now - line.Since : TimeSpan.Zero;
        var next = line.NextAttempt is { } moment ? Write(moment) : "-";
        var waited = $"{Write(line.Since)}  {age.ToString("d\\.hh\\:mm\\:ss", CultureInfo.InvariantCulture),-12}";
        return string.Create(
            CultureInfo.InvariantCulture, $"{state,-8} {waited} {line.Attempts,-9} {next,-21} {line.Actie.Code(),-15} {line.Klant}");
    }

    private static string Write(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
