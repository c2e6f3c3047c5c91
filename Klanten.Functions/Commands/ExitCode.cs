namespace Klanten.Functions.Commands;

/// <summary>What the exit codes of the program mean; <c>--help</c> and docs/commands.md list them.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>
    /// The command failed, was refused or was asked to stop, or its arguments or settings have a mistake; standard error has the reason.
    /// </summary>
    public const int Failure = 1;

    /// <summary>An import has ended, but not every klant of the source is here now.</summary>
    public const int Incomplete = 2;
}
