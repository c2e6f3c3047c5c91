namespace Klanten.Functions.Storage.Sqlite;

/// <summary>Values of the domain as columns hold them.</summary>
internal static class SqliteValues
{
    public static long Microseconds(DateTimeOffset moment) =>
        (moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Moment(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
