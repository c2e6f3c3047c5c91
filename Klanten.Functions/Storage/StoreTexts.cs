namespace Klanten.Functions.Storage;

/// <summary>What a person is told about either store.</summary>
internal static class StoreTexts
{
    public static readonly Text NotOpened = new(
        "De opslag kan niet worden geopend (Klanten:Opslag is {0}): {1}", "The store cannot be opened (Klanten:Opslag is {0}): {1}");

    public static readonly Text SystemFault = new("{0}.", "{0}.");

    public static readonly Text SeveralWriteRegions = new(
        "Meer dan één regio van het account van Cosmos DB neemt schrijfacties aan, waardoor twee klanten hetzelfde klantnummer kunnen "
            + "krijgen (kla-001): laat één regio daarvoor over.",
        "Several regions of the Cosmos DB account take writes, so that two klanten could get one klantnummer (kla-001): leave one region "
            + "for that.");

    /// <summary>A fault of the program, or of a library: its message is that of the log.</summary>
    public static readonly Text Unexpected = new("{0}: \"{1}\"", "{0}: \"{1}\"");
}
