using System.CommandLine;
using System.Globalization;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.ExternalApis;
using Klanten.Functions.Migration;
using Klanten.Functions.Settings;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Cosmos;
using Klanten.Functions.Storage.Sqlite;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Commands;

/// <summary><c>importeer</c> and <c>exporteer</c>: all klanten from another register, and to a file.</summary>
internal static class MigrationCommands
{
    /// <summary>The exit code when the import has ended, but not every klant of the source is here now.</summary>
    private const int Incomplete = 2;

    private const string ApplicatieWeergave = "importeer";

    /// <summary>A page of the largest klanten takes 41 MB (ADR 24).</summary>
    private const int MaxPageBytes = 64 * 1024 * 1024;

    /// <summary>A page far into a large register takes a source without an index some time.</summary>
    private static readonly TimeSpan PageTimeout = TimeSpan.FromSeconds(100);

    public static Command Import()
    {
        var source = new Option<string>("--bron")
        {
            Description = "The base URL of a Klanten API 1.0, such as https://example.nl/klanten/api/v1, or a file that exporteer made.",
            Required = true,
        };
        var client = new Option<string>("--client") { Description = "client_id at that API; its secret is Klanten:Importeren:Secret." };
        var dialect = new Option<DialectName>("--dialect")
        {
            Description = "How the source speaks: by the standard, or as Open Klant 1.x did.",
        };
        var rehearsal = new Option<bool>("--proef") { Description = "Judge every klant, and change nothing." };
        var report = new Option<string>("--verslag")
        {
            Description = "The file (CSV) that says which klanten were not taken over, and why.",
            DefaultValueFactory = _ => "importeer-geweigerd.csv",
        };
        var progress = new Option<string>("--voortgang")
        {
            Description = "The file that keeps how far the import is, to go on there after an interruption.",
            DefaultValueFactory = _ => "importeer-voortgang.db",
        };
        var command = new Command("importeer", "Copy every klant of another register, with its uuid and klantnummer, into the store.")
        {
            source, client, dialect, rehearsal, report, progress,
        };
        command.SetAction((result, cancellationToken) => UseAsync(services =>
        {
            var arguments = new ImportArguments(
                result.GetValue(dialect), result.GetValue(rehearsal), result.GetRequiredValue(report), result.GetRequiredValue(progress));
            var from = CreateSource(result.GetRequiredValue(source), result.GetValue(client), services);
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            return ImportAsync(from, arguments, services, output, error, cancellationToken);
        }));
        return command;
    }

    public static Command Export()
    {
        var to = new Option<string>("--naar")
        {
            Description = "The file, which does not exist yet. A name that ends in .gz makes it compressed.",
            Required = true,
        };
        var command = new Command("exporteer", "Write every klant to a file of JSON Lines, also while the program serves.") { to };
        command.SetAction((result, cancellationToken) => UseAsync(async services =>
        {
            var store = services.GetRequiredService<IKlantExport>();
            var line = new ProgressLine(result.InvocationConfiguration.Error);
            var total = Math.Max(1, await store.CountAsync(cancellationToken));
            var path = Path.GetFullPath(result.GetRequiredValue(to));
            var count = await ExportFile.WriteAsync(
                store, path, done => line.Report($"{done} klanten", Math.Min(1, (double)done / total)), cancellationToken);
            line.Finish();
            var bytes = new FileInfo(path).Length;
            await result.InvocationConfiguration.Output.WriteLineAsync($"{count} klanten are in the file: {bytes} bytes.");
            return 0;
        }));
        return command;
    }

    private static async Task<int> ImportAsync(
        IImportSource source, ImportArguments arguments, IServiceProvider services, TextWriter output, TextWriter error,
        CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<IKlantStore>();
        var path = arguments.Rehearsal ? arguments.Progress + "-proef" : arguments.Progress;
        using var progress = ImportProgress.Open(path, $"{source.Identity} to {Describe(services)}");
        using var report = RefusalReport.Open(arguments.Report, progress.State.ReportLength);
        if (progress.Resumes) await output.WriteLineAsync("An earlier import was interrupted; this one goes on where it stopped.");
        var auditContext = new AuditContext { ApplicatieWeergave = ApplicatieWeergave, Toelichting = $"Overgenomen van {source.Name}" };
        var dialect = arguments.Dialect == DialectName.OpenKlant1 ? Dialect.OpenKlant("") : Dialect.Standard;
        var import = new ImportKlanten(store, dialect, auditContext, services.GetRequiredService<TimeProvider>());
        var line = new ProgressLine(error);
        await using var bulkLoad = arguments.Rehearsal ? null : await store.BeginBulkLoadAsync(cancellationToken);
        var run = new ImportRun(source, import, bulkLoad, progress, report, (state, fraction) => line.Report(Describe(state), fraction));
        try
        {
            var (state, complete) = await run.ExecuteAsync(cancellationToken);
            var met = progress.CountMet();
            progress.Complete();
            line.Finish();
            await PrintAsync(output, state, complete, met, arguments);
            return complete && state.Refused == 0 ? 0 : Incomplete;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            line.Finish();
            await error.WriteLineAsync($"Stopped: {Describe(progress.State)}. The same command goes on from there.");
            throw;
        }
    }

    private static async Task PrintAsync(TextWriter output, ImportState state, bool complete, long met, ImportArguments arguments)
    {
        var introduction = arguments.Rehearsal ? "A rehearsal, so nothing was changed: " : "";
        await output.WriteLineAsync($"{introduction}{Describe(state)}.");
        if (state.Refused > 0) await output.WriteLineAsync($"Which klanten were refused, and why, is in {arguments.Report}.");
        if (state.Count is { } count)
        {
            await output.WriteLineAsync(complete
                ? $"The source has {count} klanten, and all were read."
                : $"The source changed each of the {ImportRun.MaxPasses} times that it was read: it has {count} klanten, and {met} were " +
                    "read the last time. Repeat the import when it is quiet; what is here already is left as it is.");
        }
    }

    private static string Describe(ImportState state) => string.Create(
        CultureInfo.InvariantCulture, $"{state.Added} klanten added, {state.Present} were here already, {state.Refused} refused");

    private static IImportSource CreateSource(string source, string? client, IServiceProvider services)
    {
        if (!source.Contains("://", StringComparison.Ordinal)) return new FileSource(source);
        if (!Addresses.IsBaseUrl(source)) throw new ImportException($"--bron {Addresses.NoBaseUrl}");
        var secret = services.GetRequiredService<IOptions<ImportOptions>>().Value.Secret;
        if (string.IsNullOrEmpty(client) || secret.Length == 0)
        {
            throw new ImportException(
                "An API asks for a token: give --client, and its secret as Klanten:Importeren:Secret (the environment variable " +
                "Klanten__Importeren__Secret).");
        }
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

    /// <summary>Which store the configuration names; it tells two imports apart.</summary>
    private static string Describe(IServiceProvider services)
    {
        if (services.GetRequiredService<IOptions<StorageOptions>>().Value.Opslag == Opslag.Sqlite)
        {
            return services.GetRequiredService<IOptions<SqliteOptions>>().Value.ResolvePath();
        }
        var cosmos = services.GetRequiredService<IOptions<CosmosOptions>>().Value;
        return $"{services.GetRequiredService<CosmosClient>().Endpoint}{cosmos.Database}/{cosmos.Container}";
    }

    /// <summary>Runs a command, and turns the faults that an operator can do something about into one sentence.</summary>
    private static Task<int> UseAsync(Func<IServiceProvider, Task<int>> run) => CommandServices.UseAsync(async services =>
    {
        try
        {
            return await run(services);
        }
        catch (OperationCanceledException)
        {
            throw new StoreRefusedException("Stopped.");
        }
        catch (Exception exception) when (exception is ImportException or StoreUnavailableException or SqliteException or IOException
            or UnauthorizedAccessException or StoreBusyException)
        {
            throw new StoreRefusedException(exception.Message);
        }
    });

    private sealed record ImportArguments(DialectName Dialect, bool Rehearsal, string Report, string Progress);
}
