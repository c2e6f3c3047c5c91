namespace Klanten.Functions.Storage;

/// <summary>The store is not opened, and was not changed, for a reason that an operator can remove.</summary>
/// <param name="message">One sentence that says what is the matter and what to do. It holds no personal data.</param>
internal sealed class StoreRefusedException(string message) : Exception(message);
