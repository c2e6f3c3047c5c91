using Klanten.Core.Ports;
using Klanten.Functions.Files;
using Klanten.Functions.Hosts;
using Klanten.Functions.Migration;
using Klanten.Functions.Settings;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Cosmos.Requests;
using Klanten.Functions.Storage.Sqlite;

namespace Klanten.Functions.Commands;

/// <summary>Runs a command with the services of the program, without starting the server.</summary>
internal static class CommandServices
{
    /// <param name="console">Where it is said why the command failed.</param>
    /// <param name="run">The command.</param>
    /// <param name="stopped">What is said when it was asked to stop, and did.</param>
    /// <returns>
    /// The exit code of the command; 1 when the configuration has errors, or for a fault that an operator can do something about, which is
    /// printed.
    /// </returns>
    public static async Task<int> UseAsync(CommandConsole console, Func<IServiceProvider, Task<int>> run, Text? stopped = null)
    {
        try
        {
            await using var app = Build();
            return ConfigurationErrors.TryReport(app.Services) ? ExitCode.Failure : await run(app.Services);
        }
        catch (OperationCanceledException)
        {
            return console.Fail(stopped ?? Texts.Stopped);
        }
        catch (Exception exception) when (Describe(exception) is { } sentence)
        {
            return console.Fail(sentence);
        }
    }

    /// <exception cref="InvalidSettingsException">The program cannot be built.</exception>
    private static WebApplication Build()
    {
        try
        {
            return KestrelHost.Build([]);
        }
        catch (Exception exception) when (exception is not InvalidSettingsException)
        {
            throw new InvalidSettingsException([StartFailure.Describe(exception)]);
        }
    }

    /// <returns>Null for a fault of the program.</returns>
    private static Sentence? Describe(Exception exception) => exception switch
    {
        StoreRefusedException refusal => refusal.Reason,
        FileRefusedException refusal => refusal.Reason,
        MigrationException stop => stop.Reason,
        SqliteException fault => Texts.NotPossible.With(SqliteTexts.Describe(fault)),
        CosmosStoreException { Status: var status } when status == CosmosStatus.None => Texts.CosmosSilent,
        CosmosStoreException { Status: var status } => Texts.CosmosAnswered.With(status),
        StoreUnavailableException { Fault: var fault } => SqliteTexts.Advice(fault),
        StoreBusyException => Texts.StoreBusy,
        InvalidSettingsException => ConfigurationErrors.Describe(exception),
        IOException or UnauthorizedAccessException => Texts.NotPossible.With(SystemFault.Describe(exception)),
        _ => null,
    };
}
