namespace Klanten.Functions.Storage;

/// <summary>The store is not opened, and was not changed, for a reason that an operator can remove. The message is in English.</summary>
/// <param name="reason">One sentence that says what is the matter and what to do. It holds no personal data.</param>
internal sealed class StoreRefusedException(Sentence reason) : Exception(reason.ToString())
{
    public Sentence Reason { get; } = reason;
}
