using System.Net;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// Cosmos DB did not do what was asked, for a reason that is not the consumer's. Says what is safe to log: the texts of the
/// SDK's own exceptions may name documents and are left out, as is the exception itself.
/// </summary>
/// <param name="operation">What was being done.</param>
/// <param name="status">What Cosmos DB answered; 0 when it did not answer.</param>
public sealed class CosmosStoreException(string operation, HttpStatusCode status)
    : Exception($"Cosmos DB: {operation} ended in {(int)status}.")
{
    public HttpStatusCode Status { get; } = status;
}
