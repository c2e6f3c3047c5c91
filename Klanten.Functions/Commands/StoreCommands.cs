using System.CommandLine;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Commands;

/// <summary><c>backup</c>, <c>restore</c> and <c>controleren</c>: care for the embedded store.</summary>
internal static class StoreCommands
{
    private const long ProgressStep = 1000;

    public static Command Backup()
    {
        var to = new Option<string>("--naar") { Description = "The backup, a file that does not exist yet.", Required = true };
        var command = new Command("backup", "Back up the SQLite store, also while the program serves it.") { to };
        command.SetAction((result, _) => UseAsync((database, _, _) =>
        {
            var destination = Path.GetFullPath(result.GetRequiredValue(to));
            SqliteBackup.Make(database, destination);
            result.InvocationConfiguration.Output.WriteLine($"The backup is complete and sound: {new FileInfo(destination).Length} bytes.");
            return 0;
        }));
        return command;
    }

    public static Command Restore()
    {
        var from = new Option<string>("--van") { Description = "A backup.", Required = true };
        var command = new Command("restore", "Put a backup in the place of the SQLite store, which no program may be using.") { from };
        command.SetAction((result, _) => UseAsync((database, options, services) =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(database)!);
            using var ownership = SqliteOwnership.Take(database, services.GetRequiredService<TimeProvider>());
            SqliteRestore.Complete(database);
            SqliteRestore.Begin(Path.GetFullPath(result.GetRequiredValue(from)), database);
            SqliteRestore.Complete(database);
            var kept = Path.GetFileName(database + SqliteRestore.Previous);
            result.InvocationConfiguration.Output.WriteLine(File.Exists(database + SqliteRestore.Previous)
                ? $"The backup is the store now. What was there before is kept beside it, as {kept}."
                : "The backup is the store now.");
            return 0;
        }));
        return command;
    }

    public static Command Check()
    {
        var mend = new Option<bool>("--herstel-tellingen") { Description = "Also set the counts to the number of klanten." };
        var command = new Command("controleren", "Recount and check everything in the SQLite store, while no program uses it.") { mend };
        command.SetAction((result, _) => UseAsync((database, options, services) =>
        {
            var output = result.InvocationConfiguration.Output;
            if (!File.Exists(database))
            {
                throw new StoreRefusedException("There is no database to check (Klanten:Sqlite:Pad).");
            }
            using var ownership = SqliteOwnership.Take(database, services.GetRequiredService<TimeProvider>());
            var faults = services.GetRequiredService<SqliteFaults>();
            SqliteDatabase.MakeReady(database, options.Timeout, faults);
            using var session = new SqliteSession(database);
            var check = new SqliteCheck(session, output.WriteLine, Progress(session, result.InvocationConfiguration.Error));
            if (result.GetValue(mend))
            {
                check.MendCounts();
            }
            check.Run();
            output.WriteLine(check.Findings == 0 ? "The store is sound." : $"The store is not sound: {check.Findings} findings.");
            return check.Findings == 0 ? 0 : 1;
        }));
        return command;
    }

    /// <summary>Runs a command on the file of the embedded store.</summary>
    private static Task<int> UseAsync(Func<string, SqliteOptions, IServiceProvider, int> run) => CommandServices.UseAsync(services =>
    {
        if (services.GetRequiredService<IOptions<StorageOptions>>().Value.Opslag != Opslag.Sqlite)
        {
            throw new StoreRefusedException("This command is for SQLite, and Klanten:Opslag is another store (see docs/operations.md).");
        }
        var options = services.GetRequiredService<IOptions<SqliteOptions>>().Value;
        try
        {
            return Task.FromResult(run(options.ResolvePath(), options, services));
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException($"That is not possible: {exception.Message}");
        }
    });

    /// <summary>Shows how far it is when a person looks on.</summary>
    private static Action<long> Progress(SqliteSession session, TextWriter error)
    {
        if (Console.IsErrorRedirected)
        {
            return _ => { };
        }
        var total = session.Number("SELECT count(*) FROM klant") ?? 0;
        return done =>
        {
            if (done % ProgressStep == 0 || done == total)
            {
                error.Write($"\r{done} of {total} klanten ");
            }
            if (done == total)
            {
                error.WriteLine();
            }
        };
    }
}
