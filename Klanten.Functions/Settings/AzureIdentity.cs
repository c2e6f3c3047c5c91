using Azure.Core;
using Azure.Identity;

namespace Klanten.Functions.Settings;

/// <summary>The identity of the program in Azure, which the library makes from the variables <c>AZURE_…</c>.</summary>
internal static class AzureIdentity
{
    private const string AuthorityHost = "AZURE_AUTHORITY_HOST";

    /// <exception cref="InvalidSettingsException">The variables make no identity.</exception>
    public static TokenCredential Create()
    {
        try
        {
            return new DefaultAzureCredential();
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new InvalidSettingsException([Describe(exception)]);
        }
    }

    /// <remarks>What the library says names the variable, and quotes no secret: those are not judged before they are used.</remarks>
    private static Sentence Describe(Exception exception) =>
        Environment.GetEnvironmentVariable(AuthorityHost) is { Length: > 0 } host && !host.StartsWith("https://", StringComparison.Ordinal)
            ? SettingTexts.Keyed.With(AuthorityHost, SettingTexts.NoHttpsUrl)
            : SettingTexts.NoAzureIdentity.With(SystemFault.FirstLine(exception.Message));
}
