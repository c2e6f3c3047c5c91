using System.CommandLine;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.ExternalApis;
using Klanten.Functions.Files;
using Klanten.Functions.Migration;
using Klanten.Functions.Settings;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Cosmos;
using Klanten.Functions.Storage.Cosmos.Requests;
using Klanten.Functions.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Commands;

/// <summary><c>importeer</c> and <c>exporteer</c>: all klanten from another register, and to a file.</summary>
internal static class MigrationCommands
{
    private const string ApplicatieWeergave = "importeer";

    /// <summary>Appended to the name of the progress of a rehearsal.</summary>
    private const string Rehearsed = "-proef";

    /// <summary>A page of the largest klanten takes 41 MB (ADR 24).</summary>
    private const int MaxPageBytes = 64 * 1024 * 1024;

    /// <summary>A page far into a large register takes a source without an index some time.</summary>
    private static readonly TimeSpan PageTimeout = TimeSpan.FromSeconds(100);

    public static Command Import(CommandLanguage language)
    {
        var command = new DocumentedCommand(
            "importeer", Texts.Import, "--bron https://klanten.gemeente.nl/klanten/api/v1 --client over --proef", language);
        var source = command.AddText("--bron", Texts.ImportSource, isRequired: true);
        var client = command.AddText("--client", Texts.ImportClient);
        var dialect = command.AddChoice<DialectName>("--dialect", Texts.ImportDialect);
        var rehearsal = command.AddFlag("--proef", Texts.ImportRehearsal);
        var report = command.AddText("--verslag", Texts.ImportReport, otherwise: "importeer-geweigerd.csv");
        var progress = command.AddText("--voortgang", Texts.ImportProgress, otherwise: "importeer-voortgang.db");
        return command.Runs((result, console, cancellationToken) => CommandServices.UseAsync(console, services =>
        {
            var isRehearsal = result.GetValue(rehearsal);
            var address = result.GetRequiredValue(source);
            var kept = CommandFiles.ToWrite(progress.Name, result.GetRequiredValue(progress) + (isRehearsal ? Rehearsed : ""));
            NamedFile[] files =
            [
                CommandFiles.ToWrite(report.Name, result.GetRequiredValue(report)),
                kept with { Parts = [.. DatabaseFiles.Of(kept.Path)] },
            ];
            CommandFiles.RefuseShared(services, IsUrl(address) ? files : [CommandFiles.ToRead(source.Name, address), .. files]);
            var arguments = new ImportArguments(result.GetValue(dialect), isRehearsal, result.GetRequiredValue(report), kept.Path);
            var from = CreateSource(address, result.GetValue(client), services);
            return ImportAsync(from, arguments, services, console, cancellationToken);
        }));
    }

    public static Command Export(CommandLanguage language)
    {
        var command = new DocumentedCommand("exporteer", Texts.Export, "--naar klanten.jsonl.gz", language);
        var to = command.AddText("--naar", Texts.ExportTo, isRequired: true);
        return command.Runs((result, console, cancellationToken) => CommandServices.UseAsync(console, async services =>
        {
            CommandFiles.RefuseShared(services, CommandFiles.ToWrite(to.Name, result.GetRequiredValue(to)));
            var store = services.GetRequiredService<IKlantExport>();
            var total = Math.Max(1, await store.CountAsync(cancellationToken));
            var path = Path.GetFullPath(result.GetRequiredValue(to));
            var count = await LongWork.RunAsync(console[Texts.Progress, 0], report => ExportFile.WriteAsync(
                store, path, done => report(console[Texts.Progress, done], Math.Min(1, (double)done / total)), cancellationToken));
            var bytes = new FileInfo(path).Length;
            console.Say(Texts.ExportMade, count, bytes);
            console.Answer(new() { ["bestand"] = path, ["klanten"] = count, ["bytes"] = bytes });
            return ExitCode.Success;
        }, Texts.ExportStopped));
    }

    private static async Task<int> ImportAsync(
        IImportSource source, ImportArguments arguments, IServiceProvider services, CommandConsole console,
        CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<IKlantStore>();
        using var progress = ImportProgress.Open(arguments.Progress, $"{source.Identity} → {Describe(services)}");
        using var refusals = RefusalReport.Open(arguments.Report, progress.State.ReportLength);
        if (progress.Resumes)
        {
            console.Say(Texts.ImportResumes);
        }
        var auditContext = new AuditContext { ApplicatieWeergave = ApplicatieWeergave, Toelichting = $"Overgenomen van {source.Name}" };
        var dialect = arguments.Dialect == DialectName.OpenKlant1 ? Dialect.OpenKlant("") : Dialect.Standard;
        var import = new ImportKlanten(store, dialect, auditContext, services.GetRequiredService<TimeProvider>());
        await using var bulkLoad = arguments.Rehearsal ? null : await store.BeginBulkLoadAsync(cancellationToken);
        try
        {
            var (state, complete) = await LongWork.RunAsync(Describe(progress.State, console), report =>
            {
                var run = new ImportRun(
                    source, import, bulkLoad, progress, refusals, (state, fraction) => report(Describe(state, console), fraction));
                return run.ExecuteAsync(cancellationToken);
            });
            var met = progress.CountMet();
            progress.Complete();
            Print(console, state, complete, met, arguments);
            return complete && state.Refused == 0 ? ExitCode.Success : ExitCode.Incomplete;
        }
        catch (Exception exception)
        {
            var exitCode = console.Fail(Texts.ImportStopped, Describe(progress.State, console));
            if (exception is OperationCanceledException)
            {
                return exitCode;
            }
            throw;
        }
    }

    private static void Print(CommandConsole console, ImportState state, bool complete, long met, ImportArguments arguments)
    {
        console.Say(arguments.Rehearsal ? Texts.ImportRehearsed : Texts.ImportDone, Describe(state, console));
        if (state.Refused > 0)
        {
            console.Say(Texts.ImportRefusals, arguments.Report);
        }
        if (state.Count is { } count)
        {
            console.Say(complete ? console[Texts.ImportComplete, count] : console[Texts.ImportUnsteady, ImportRun.MaxPasses, count, met]);
        }
        console.Answer(new()
        {
            ["proef"] = arguments.Rehearsal,
            ["toegevoegd"] = state.Added,
            ["aanwezig"] = state.Present,
            ["geweigerd"] = state.Refused,
            ["bron"] = state.Count,
            ["volledig"] = complete,
        });
    }

    private static string Describe(ImportState state, CommandConsole console) =>
        console[Texts.ImportCounts, state.Added, state.Present, state.Refused];

    private static IImportSource CreateSource(string source, string? client, IServiceProvider services)
    {
        if (!IsUrl(source)) return new FileSource(source);
        if (!Addresses.IsBaseUrl(source)) throw new MigrationException(MigrationTexts.NoBaseUrl.With(SettingTexts.NoBaseUrl));
        var secret = services.GetRequiredService<IOptions<ImportOptions>>().Value.Secret;
        if (string.IsNullOrEmpty(client) || secret.Length == 0) throw new MigrationException(MigrationTexts.NoSecret);
        var clock = services.GetRequiredService<TimeProvider>();
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            PooledConnectionLifetime = ExternalApiServices.PooledConnectionLifetime,
        };
        var http = new HttpClient(handler) { Timeout = PageTimeout, MaxResponseContentBufferSize = MaxPageBytes };
        return new ApiSource(http, new(source), new(client, secret, clock), ApiSource.Backoff, clock);
    }

    private static bool IsUrl(string source) => source.Contains("://", StringComparison.Ordinal);

    /// <summary>Which store the configuration names; it tells two imports apart.</summary>
    private static string Describe(IServiceProvider services)
    {
        if (services.GetRequiredService<IOptions<StorageOptions>>().Value.Opslag == Opslag.Sqlite)
        {
            return services.GetRequiredService<IOptions<SqliteOptions>>().Value.ResolvePath();
        }
        var cosmos = services.GetRequiredService<IOptions<CosmosOptions>>().Value;
        return $"{services.GetRequiredService<CosmosConnection>().Client.Endpoint}{cosmos.Database}/{cosmos.Container}";
    }

    private sealed record ImportArguments(DialectName Dialect, bool Rehearsal, string Report, string Progress);
}
