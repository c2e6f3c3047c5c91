namespace Klanten.Functions.Files;

/// <summary>A file that was named is not used. The message is in English.</summary>
/// <param name="reason">Says why. It names the option, and at most the last part of the path.</param>
internal sealed class FileRefusedException(Sentence reason) : Exception(reason.ToString())
{
    public Sentence Reason { get; } = reason;
}
