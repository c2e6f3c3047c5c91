using Klanten.Functions.Storage.Cosmos.Documents;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos.Requests;

/// <summary>
/// Creates the database and the container before the first request to them, if the configuration asks for that. When the
/// account does not answer, the requests that wait for it fail, and the next request starts a new attempt.
/// </summary>
internal sealed class ContainerInitializer(CosmosClient client, CosmosOptions options)
{
    private readonly Lock gate = new();
    private Task? attempt;

    /// <summary>Returns once the container exists. Concurrent callers share one attempt.</summary>
    public Task EnsureAsync(CancellationToken cancellationToken) =>
        options.Aanmaken ? SharedAttempt().WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <remarks>The attempt is shared between callers, so cancelling one request does not cancel it.</remarks>
    private Task SharedAttempt()
    {
        lock (gate)
        {
            if (attempt is null or { IsCompleted: true, IsCompletedSuccessfully: false })
                attempt = ContainerDefinition.CreateAsync(client, options, CancellationToken.None);
            return attempt;
        }
    }
}
