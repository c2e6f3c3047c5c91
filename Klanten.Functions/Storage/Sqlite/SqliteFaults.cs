using Klanten.Core.Ports;
using Klanten.Functions.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// What SQLite's faults mean for a request, for the health check and for the log. Of each kind of fault at most one line a
/// minute is logged, with SQLite's codes and no value.
/// </summary>
internal sealed partial class SqliteFaults(ILogger<SqliteFaults> logger, KlantenMetrics? metrics, TimeProvider clock)
{
    /// <summary>The shared memory beside the log cannot grow: SQLITE_IOERR_SHMSIZE, in practice a full disk.</summary>
    private const int SharedMemorySize = raw.SQLITE_IOERR | (19 << 8);

    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly Lock access = new();
    private readonly Dictionary<StoreFault, (long Logged, long Unlogged)> lines = [];
    private volatile bool damaged;
    private volatile Unwell? unwell;

    /// <summary>Logs and counts nothing.</summary>
    public static SqliteFaults Unobserved() => new(NullLogger<SqliteFaults>.Instance, null, TimeProvider.System);

    /// <summary>Why writes are refused at this moment; null when they are not.</summary>
    public StoreFault? Current => damaged ? StoreFault.Damaged : unwell?.Fault;

    /// <summary>Null for an error in a statement, which is a fault of the program.</summary>
    public static StoreFault? KindOf(SqliteException exception) => exception.PrimaryCode switch
    {
        _ when exception.Code == SharedMemorySize => StoreFault.Full,
        raw.SQLITE_FULL => StoreFault.Full,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => StoreFault.Locked,
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => StoreFault.Damaged,
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_NOMEM => StoreFault.Unanswered,
        _ => null,
    };

    /// <summary>Logs and counts what SQLite reported, and returns what the caller is to throw.</summary>
    public Exception Translate(SqliteException exception)
    {
        if (KindOf(exception) is not { } fault) return exception;
        metrics?.SqliteFault(exception.PrimaryCode, exception.Code);
        damaged |= fault == StoreFault.Damaged;
        Log(fault, exception);
        return new StoreUnavailableException(fault, exception);
    }

    /// <summary>Writes are refused from now on, until <see cref="SetWell"/>.</summary>
    public void SetUnwell(StoreFault fault)
    {
        if (unwell?.Fault != fault) unwell = new(fault);
    }

    /// <summary>A write succeeded. A store that was damaged stays so.</summary>
    public void SetWell()
    {
        if (unwell is not null) unwell = null;
    }

    /// <summary>Logs a fault that SQLite did not report.</summary>
    public void Log(StoreFault fault, SqliteException? exception = null)
    {
        if (!TakeTurn(fault, out var unlogged)) return;
        LogFault(logger, fault, exception?.PrimaryCode, exception?.Code, exception?.Message, SqliteTexts.Advice(fault).English, unlogged);
    }

    /// <summary>Logs that a part of the log is lost.</summary>
    /// <param name="frames">Pages that SQLite dropped.</param>
    /// <param name="transactions">Transactions that ended among them.</param>
    public void LogDropped(int frames, int transactions) => LogDroppedFrames(logger, frames, transactions);

    /// <summary>Logs that a file is converted.</summary>
    /// <param name="from">The schema version that it has.</param>
    /// <param name="to">The one that it gets.</param>
    public void LogConversion(long from, long to) => LogConvertedFile(logger, from, to);

    private bool TakeTurn(StoreFault fault, out long unlogged)
    {
        lock (access)
        {
            var (logged, count) = lines.GetValueOrDefault(fault);
            unlogged = count;
            if (logged != 0 && clock.GetElapsedTime(logged) < LogInterval)
            {
                lines[fault] = (logged, count + 1);
                return false;
            }
            lines[fault] = (clock.GetTimestamp(), 0);
            return true;
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "The store is not well ({Fault}): SQLite's code is {Code}, extended {ExtendedCode}. {SqliteMessage}. {Advice} " +
        "Since the previous line like this one: {Unlogged} more.")]
    private static partial void LogFault(
        ILogger logger, StoreFault fault, int? code, int? extendedCode, string? sqliteMessage, string advice, long unlogged);

    [LoggerMessage(
        LogLevel.Warning,
        "At open SQLite dropped {Frames} frames, with the end of {Transactions} transactions, from the write-ahead log: their checksum " +
        "is wrong. After a power failure this may be one write that was not answered. Otherwise the disk has lost answered writes: " +
        "stop the program and run the command controleren.")]
    private static partial void LogDroppedFrames(ILogger logger, int frames, int transactions);

    [LoggerMessage(
        LogLevel.Information,
        "The file has schema version {From} and is converted to version {To}. That takes some ten seconds for a million klanten; " +
        "requests wait for it. A program of before does not open the file any more.")]
    private static partial void LogConvertedFile(ILogger logger, long from, long to);

    private sealed record Unwell(StoreFault Fault);
}
