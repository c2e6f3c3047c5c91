using System.Net;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// A request to Cosmos DB failed, and not through a fault of the consumer. Safe to log: it has no inner exception, because the
/// texts of the SDK's exceptions may contain ids and values of klanten.
/// </summary>
/// <param name="operation">The name of the request.</param>
/// <param name="status">The status that Cosmos DB answered; 0 when no answer came.</param>
public sealed class CosmosStoreException(string operation, HttpStatusCode status)
    : Exception($"Cosmos DB: {operation} ended in {(int)status}.")
{
    public HttpStatusCode Status { get; } = status;
}
