using System.CommandLine;
using System.Text.Json.Nodes;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Commands;

/// <summary><c>backup</c>, <c>restore</c> and <c>controleren</c>: care for the embedded store.</summary>
internal static class StoreCommands
{
    public static Command Backup(CommandLanguage language)
    {
        var command = new DocumentedCommand("backup", Texts.Backup, "--naar /backups/klanten.db", language);
        var to = command.AddText("--naar", Texts.BackupTo, isRequired: true);
        return command.Runs((result, console, cancellationToken) => UseAsync(console, Texts.BackupStopped, (database, _, services) =>
        {
            CommandFiles.RefuseShared(services, CommandFiles.ToWrite(to.Name, result.GetRequiredValue(to)));
            var destination = Path.GetFullPath(result.GetRequiredValue(to));
            LongWork.Run(console[Texts.BackupCopies], report => SqliteBackup.Make(
                database,
                destination,
                copied => report(console[copied < 1 ? Texts.BackupCopies : Texts.BackupIsChecked], copied),
                cancellationToken));
            var bytes = new FileInfo(destination).Length;
            console.Say(Texts.BackupMade, bytes);
            console.Answer(new() { ["bestand"] = destination, ["bytes"] = bytes });
            return ExitCode.Success;
        }));
    }

    public static Command Restore(CommandLanguage language)
    {
        var command = new DocumentedCommand("restore", Texts.Restore, "--van /backups/klanten.db", language);
        var from = command.AddText("--van", Texts.RestoreFrom, isRequired: true);
        return command.Runs((result, console, cancellationToken) => UseAsync(console, Texts.RestoreStopped, (database, _, services) =>
        {
            var backup = CommandFiles.ToRead(from.Name, result.GetRequiredValue(from));
            CommandFiles.RefuseShared(services, backup);
            Directory.CreateDirectory(Path.GetDirectoryName(database)!);
            using var ownership = SqliteOwnership.Take(database, services.GetRequiredService<TimeProvider>());
            SqliteRestore.Complete(database);
            LongWork.Run(console[Texts.RestoreCopies], report => SqliteRestore.Begin(
                backup.Path,
                database,
                copied => report(console[copied < 1 ? Texts.RestoreCopies : Texts.BackupIsChecked], copied),
                cancellationToken));
            SqliteRestore.Complete(database);
            var previous = database + SqliteRestore.Previous;
            var kept = File.Exists(previous) ? Path.GetFileName(previous) : null;
            console.Say(kept is null ? Texts.Restored : Texts.RestoredBeside, kept);
            console.Answer(new() { ["bewaard"] = kept });
            return ExitCode.Success;
        }));
    }

    public static Command Check(CommandLanguage language)
    {
        var command = new DocumentedCommand("controleren", Texts.Check, "--herstel-tellingen", language);
        var mend = command.AddFlag("--herstel-tellingen", Texts.CheckMend);
        return command.Runs((result, console, cancellationToken) => UseAsync(console, Texts.CheckStopped, (database, options, services) =>
        {
            bool MayGoOn() => !cancellationToken.IsCancellationRequested;

            if (!File.Exists(database))
            {
                return console.Fail(Texts.CheckNothing);
            }
            using var ownership = SqliteOwnership.Take(database, services.GetRequiredService<TimeProvider>());
            SqliteDatabase.MakeReady(database, options.Timeout, services.GetRequiredService<SqliteFaults>());
            using var session = new SqliteSession(database);
            var mends = result.GetValue(mend);
            if (mends)
            {
                LongWork.Run(console[Texts.CheckMends], _ => session.RunWhile(MayGoOn, SqliteCheck.Mend));
            }
            if (TryCheck(session, MayGoOn, console) is not { } findings)
            {
                return console.Fail(mends ? Texts.CheckStoppedAfterMending : Texts.CheckStopped);
            }
            foreach (var finding in findings)
            {
                console.Say(finding);
            }
            console.Say(findings.Count == 0 ? Texts.CheckSound : Texts.CheckNotSound, findings.Count);
            console.Answer(new() { ["gaaf"] = findings.Count == 0, ["bevindingen"] = new JsonArray([.. findings]) });
            return findings.Count == 0 ? ExitCode.Success : ExitCode.Failure;
        }));
    }

    /// <summary>What is wrong with the store; null when it was asked to stop.</summary>
    private static List<string>? TryCheck(SqliteSession session, Func<bool> mayGoOn, CommandConsole console)
    {
        var findings = new List<string>();
        try
        {
            LongWork.Run(console[Texts.CheckReads], report => session.RunWhile(mayGoOn, session =>
            {
                var total = Math.Max(1, session.Number("SELECT count(*) FROM klant") ?? 0);
                void Report(long done) => report(console[Texts.Progress, done], Math.Min(1, (double)done / total));
                new SqliteCheck(session, finding => findings.Add(console[finding]), Report).Run();
            }));
            return findings;
        }
        catch (QueryInterruptedException)
        {
            return null;
        }
    }

    /// <summary>Runs a command on the file of the embedded store.</summary>
    private static Task<int> UseAsync(
        CommandConsole console, Text stopped, Func<string, SqliteOptions, IServiceProvider, int> run) =>
        CommandServices.UseAsync(console, services =>
        {
            if (services.GetRequiredService<IOptions<StorageOptions>>().Value.Opslag != Opslag.Sqlite)
            {
                return Task.FromResult(console.Fail(Texts.OnlySqlite));
            }
            var options = services.GetRequiredService<IOptions<SqliteOptions>>().Value;
            return Task.FromResult(run(options.ResolvePath(), options, services));
        }, stopped);
}
