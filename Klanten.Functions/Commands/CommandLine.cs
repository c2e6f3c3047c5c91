using System.CommandLine;
using System.CommandLine.Invocation;
using Klanten.Functions.Hosts;

namespace Klanten.Functions.Commands;

/// <summary>
/// Chooses by the arguments between a subcommand, the worker of a Functions host, and the program without a host. It chooses
/// before it builds anything: a health check builds no web application, and <c>--help</c> starts no server.
/// </summary>
internal static class CommandLine
{
    /// <returns>The exit code (<see cref="ExitCode"/>).</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var output = GuardedWriter.GuardConsole();
        var start = new ProgramStart();
        try
        {
            if (FunctionsWorker.IsStartedByHost(args))
            {
                return await FunctionsWorker.RunAsync(args, start);
            }
            return AreSettings(args) ? await KestrelHost.RunAsync(args, start) : await RunCommandAsync(args, output);
        }
        catch (Exception exception) when (!start.IsOver)
        {
            Console.Error.WriteLine(CommandLanguage.FromEnvironment()[StartFailure.Describe(exception)]);
            return ExitCode.Failure;
        }
    }

    /// <summary>Runs what the arguments ask for, or says what is wrong with them.</summary>
    public static Task<int> InvokeAsync(Command root, string[] args, CommandLanguage language, GuardedWriter output) =>
        TellLossAsync(language, output, () => ParseAsync(root, args, language));

    private static async Task<int> ParseAsync(Command root, string[] args, CommandLanguage language)
    {
        new CommandHelp(language).AddTo(root);
        // An argument that begins with @ is no file of arguments.
        var result = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Action is not ParseErrorAction && result.Errors.Count == 0)
        {
            using var signals = new StopSignals();
            // The parser would end the process two seconds after a signal, whatever the command was about to remove or to say.
            return await result.InvokeAsync(new() { ProcessTerminationTimeout = null }, signals.Asked);
        }
        foreach (var mistake in new CommandMistakes(language).Describe(result))
        {
            Console.Error.WriteLine(mistake);
        }
        return ExitCode.Failure;
    }

    /// <summary>Apart from <see cref="RunAsync"/>, so that a program that serves loads nothing of the command line.</summary>
    private static Task<int> RunCommandAsync(string[] args, GuardedWriter output)
    {
        var language = CommandLanguage.FromEnvironment();
        // A container asks this every few seconds, and the parser costs more than the question.
        if (args is ["healthcheck", "--url", var url])
        {
            return TellLossAsync(
                language, output, () => HealthCheck.RunAsync(url, new(language, output, Console.Error, isJson: false), default));
        }
        return InvokeAsync(Root(language), args, language, output);
    }

    /// <summary>Runs a command, which fails when its output is lost.</summary>
    private static async Task<int> TellLossAsync(CommandLanguage language, GuardedWriter output, Func<Task<int>> run)
    {
        var exitCode = await run();
        if (output.Fault is not { } fault)
        {
            return exitCode;
        }
        await Console.Error.WriteLineAsync(language[Texts.OutputLost, SystemFault.Describe(fault)]);
        return exitCode == ExitCode.Success ? ExitCode.Failure : exitCode;
    }

    /// <summary>The program with all of its commands.</summary>
    public static Command Root(CommandLanguage language) => new("Klanten.Functions", language[Texts.Program])
    {
        TokenCommand.Create(language),
        NotificatieCommands.RegisterKanaal(language),
        NotificatieCommands.List(language),
        NotificatieCommands.Resume(language),
        StoreCommands.Backup(language),
        StoreCommands.Restore(language),
        StoreCommands.Check(language),
        MigrationCommands.Import(language),
        MigrationCommands.Export(language),
        CosmosContainerCommand.Create(language),
        HealthCheckCommand.Create(language),
    };

    /// <summary>Whether every argument is <c>--key=value</c> or <c>--key value</c>; true when there are none.</summary>
    private static bool AreSettings(ReadOnlySpan<string> args)
    {
        while (args is [var key, .. var rest])
        {
            if (!key.StartsWith("--", StringComparison.Ordinal))
            {
                return false;
            }
            if (key.Contains('=', StringComparison.Ordinal))
            {
                args = rest;
                continue;
            }
            if (rest is not [_, .. var others])
            {
                return false;
            }
            args = others;
        }
        return true;
    }
}
