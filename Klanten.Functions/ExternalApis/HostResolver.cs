using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;

namespace Klanten.Functions.ExternalApis;

/// <summary>The resolver of the system: hosts file, search domains and DNS. It blocks its thread until there is an answer.</summary>
public delegate IPAddress[] LookUpHost(string host);

/// <summary>
/// Resolves the names of hosts on threads of its own, a few at a time. When DNS is silent the system's resolver blocks a thread for
/// half a minute; on the thread pool, such look-ups would hold up every request. A name is looked up once for all who wait for it.
/// </summary>
internal sealed class HostResolver(LookUpHost lookUp, int maxLookUps)
{
    /// <summary>A look-up needs little of it; the default of the system is some megabytes.</summary>
    private const int StackBytes = 512 * 1024;

    /// <summary>Holds an item for each look-up that runs.</summary>
    private readonly Channel<string> running = Channel.CreateBounded<string>(maxLookUps);
    private readonly ConcurrentDictionary<string, Task<IPAddress[]>> inProgress = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The addresses of a host; an address stands for itself.</summary>
    /// <param name="host">A name, or an address in any notation that the system reads.</param>
    /// <param name="cancellationToken">Ends the wait, also that for room. A look-up that has begun goes on.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The name has no address.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return [address];
        }
        if (!inProgress.TryGetValue(host, out var lookup))
        {
            await running.Writer.WriteAsync(host, cancellationToken);
            lookup = StartOrJoin(host);
        }
        return await lookup.WaitAsync(cancellationToken);
    }

    /// <summary>Passes the caller's place in the room to a new look-up, or gives it back when another caller has begun one.</summary>
    private Task<IPAddress[]> StartOrJoin(string host)
    {
        var result = new TaskCompletionSource<IPAddress[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var lookup = inProgress.GetOrAdd(host, result.Task);
        if (lookup != result.Task)
        {
            Leave();
            return lookup;
        }
        try
        {
            new Thread(() => Run(host, result), StackBytes) { IsBackground = true, Name = "klanten-dns" }.Start();
        }
        catch (Exception exception)
        {
            // The system has no thread left.
            Complete(host, () => result.SetException(exception));
        }
        return lookup;
    }

    private void Run(string host, TaskCompletionSource<IPAddress[]> result)
    {
        try
        {
            var addresses = lookUp(host);
            Complete(host, () => result.SetResult(addresses));
        }
        catch (Exception exception)
        {
            Complete(host, () => result.SetException(exception));
        }
    }

    private void Complete(string host, Action complete)
    {
        inProgress.TryRemove(host, out _);
        Leave();
        complete();
    }

    private void Leave() => running.Reader.TryRead(out _);
}
