using Klanten.Core.Ports;

namespace Klanten.Functions.Storage;

/// <summary>What the store in use knows of its own condition, for the health check.</summary>
/// <param name="readFault">Returns the fault for which writes are refused at this moment; null when there is none.</param>
internal sealed class StoreCondition(Func<StoreFault?> readFault)
{
    public StoreFault? Fault => readFault();
}
