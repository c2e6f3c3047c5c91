using Klanten.Functions.Http;

namespace Klanten.Functions.Hosts;

/// <summary>
/// Gives the memory of a burst back to the system. The garbage collector does so only when it collects, and a program that
/// is idle after a burst does not collect.
/// </summary>
internal sealed class MemoryRelease(WriteRoom room, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Growth, in bytes, below which a collection is not worth its pause.</summary>
    private const long MinGrowth = 64L * 1024 * 1024;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var released = Environment.WorkingSet;
        var collections = GC.CollectionCount(0);
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var isIdle = GC.CollectionCount(0) == collections && room.HeldBytes == 0;
            if (isIdle && Environment.WorkingSet - released > MinGrowth)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                released = Environment.WorkingSet;
            }
            collections = GC.CollectionCount(0);
        }
    }
}
