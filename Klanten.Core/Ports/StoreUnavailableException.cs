namespace Klanten.Core.Ports;

/// <summary>Why a store cannot do what was asked, though the request is right.</summary>
public enum StoreFault
{
    /// <summary>The store, or the disk under it, does not answer.</summary>
    Unanswered,

    /// <summary>Another process has the store locked.</summary>
    Locked,

    /// <summary>There is no room for what would be added. Reads and deletes go on.</summary>
    Full,

    /// <summary>The file of the store was deleted, moved or replaced while the program has it open.</summary>
    Replaced,

    /// <summary>The store is damaged: an operator has to restore it.</summary>
    Damaged,

    /// <summary>A store elsewhere does not answer, so that a write may or may not have been made.</summary>
    Unknown,

    /// <summary>Another fault, which a later attempt will not mend, such as a missing right.</summary>
    Unexpected,
}

/// <summary>
/// The store could not do what was asked. Nothing was changed, unless the fault is <see cref="StoreFault.Unknown"/>. A later attempt may
/// succeed, unless the store is damaged.
/// </summary>
/// <param name="fault">What is the matter.</param>
/// <param name="innerException">What the store's own client threw; null when the store was not asked.</param>
public class StoreUnavailableException(StoreFault fault, Exception? innerException = null)
    : Exception($"The store is not available: {fault}.", innerException)
{
    public StoreFault Fault { get; } = fault;
}
