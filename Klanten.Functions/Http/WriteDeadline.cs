using Klanten.Core.Ports;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Http;

/// <summary>
/// The one deadline of a request that writes: for all that it waits for together, from its whole body to the start of its commit
/// (<c>Klanten:Limieten:Wachttijd</c>).
/// </summary>
public sealed class WriteDeadline(IOptions<LimitOptions> options, TimeProvider clock)
{
    private readonly TimeSpan limit = options.Value.Wachttijd;

    /// <summary>Runs a use case, and gives it up when its commit has not begun in time.</summary>
    /// <param name="useCase">It changes nothing once its token is cancelled; a commit that was sent is not cancelled.</param>
    /// <param name="cancellationToken">Cancelled when the consumer disconnects.</param>
    /// <exception cref="StoreUnavailableException">The time is over, and nothing was changed.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> useCase, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await useCase(either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StoreUnavailableException(StoreFault.Unanswered);
        }
    }
}
