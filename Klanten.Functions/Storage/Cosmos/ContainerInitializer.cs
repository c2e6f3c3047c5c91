using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// Makes the container before the first request to it, when the program is asked to. An account that is away is met like at
/// any other request: whoever asks hears of it, and the next one tries again.
/// </summary>
internal sealed class ContainerInitializer(CosmosClient client, CosmosOptions options)
{
    private readonly Lock gate = new();
    private Task? attempt;

    /// <summary>Returns once the container is there. All who ask at the same time wait for the same attempt.</summary>
    public Task EnsureAsync(CancellationToken cancellationToken) =>
        options.Aanmaken ? Attempt().WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <remarks>Goes on without whoever began it: others may wait for it too.</remarks>
    private Task Attempt()
    {
        lock (gate)
        {
            if (attempt is null or { IsCompleted: true, IsCompletedSuccessfully: false })
                attempt = ContainerDefinition.CreateAsync(client, options, CancellationToken.None);
            return attempt;
        }
    }
}
