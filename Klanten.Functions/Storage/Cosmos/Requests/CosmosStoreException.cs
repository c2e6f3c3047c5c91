using System.Globalization;
using System.Net;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Cosmos.Requests;

/// <summary>
/// A request to Cosmos DB failed, and not through a fault of the consumer. Safe to log: it has no inner exception, because the
/// texts of the SDK's exceptions may contain ids and values of klanten.
/// </summary>
/// <param name="operation">The name of the request.</param>
/// <param name="status">The status of the answer.</param>
public sealed class CosmosStoreException(string operation, CosmosStatus status) : StoreUnavailableException(status.Fault)
{
    public override string Message { get; } = $"Cosmos DB: {operation} ended in {status}.";

    public CosmosStatus Status { get; } = status;
}

/// <summary>
/// The status of an answer of Cosmos DB (HTTP status codes for Azure Cosmos DB, on learn.microsoft.com). The substatus is the cause:
/// 403 may mean a full partition (1014) or a missing role (5301).
/// </summary>
/// <param name="Code">The HTTP status; 0 when no answer came.</param>
/// <param name="Substatus">The substatus; 0 when the answer has none.</param>
public readonly record struct CosmosStatus(HttpStatusCode Code, int Substatus = 0)
{
    /// <summary>Conflicting writes at the same moment (449): none of this one was carried out.</summary>
    public const HttpStatusCode RetryWith = (HttpStatusCode)449;

    private const int PartitionIsFull = 1014;

    /// <summary>The replica lags behind what this client has read before.</summary>
    private const int SessionNotAvailable = 1002;

    /// <summary>No answer came to a request that was sent.</summary>
    public static CosmosStatus None => default;

    public bool IsSuccess => (int)Code is >= 200 and < 300;

    /// <summary>No answer, or an answer that leaves open whether the request was carried out, or that none of it was.</summary>
    public bool IsUnanswered =>
        Code is 0 or HttpStatusCode.RequestTimeout or HttpStatusCode.Gone or RetryWith or >= HttpStatusCode.InternalServerError
        || (Code == HttpStatusCode.NotFound && Substatus == SessionNotAvailable);

    /// <summary>An answer that says something about the documents, and not about the store.</summary>
    public bool IsRegular => IsSuccess
        || Code is HttpStatusCode.NotModified or HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
        || (Code == HttpStatusCode.NotFound && Substatus == 0);

    internal StoreFault Fault => this switch
    {
        { IsUnanswered: true } or { Code: HttpStatusCode.TooManyRequests } => StoreFault.Unknown,
        { Code: HttpStatusCode.Forbidden, Substatus: PartitionIsFull } => StoreFault.Full,
        { Code: HttpStatusCode.Unauthorized } => StoreFault.Unanswered,
        _ => StoreFault.Unexpected,
    };

    public static implicit operator CosmosStatus(HttpStatusCode code) => new(code);

    /// <remarks>
    /// A step of a transaction has no substatus in the SDK. Rights are checked for the transaction as a whole, so a step is forbidden
    /// only because the partition is full.
    /// </remarks>
    public static CosmosStatus OfStep(HttpStatusCode code, int substatus) =>
        new(code, code == HttpStatusCode.Forbidden && substatus == 0 ? PartitionIsFull : substatus);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(int)Code}/{Substatus}");
}
