namespace Klanten.Functions.Settings;

/// <summary>
/// Finds settings that are well-formed and do nothing, or not what their writer may expect. The program serves with them.
/// </summary>
internal interface ISettingsRemarks
{
    /// <summary>One sentence each, with the key and without its value.</summary>
    IEnumerable<Sentence> Remarks();
}
