using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using Klanten.Functions.Operations;
using Klanten.Tests.Hosting.FunctionsHost;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>The folder that is deployed, read as the Functions host reads it.</summary>
public sealed class PublishedFolderTests(PublishedProgram published)
{
    private const string Timer = "outbox_bezorgen";

    /// <summary>What the worker's build adds, and the host needs.</summary>
    private static readonly string[] OfTheWorker =
        ["host.json", "worker.config.json", "functions.metadata", "extensions.json", "Klanten.Functions.dll"];

    [Fact]
    public async Task Each_operation_of_the_program_is_a_function_and_the_timer_is_the_only_other()
    {
        var functions = HostFunction.ReadFile(await published.FolderAsync());

        Assert.Equal(Operation.All.Select(o => o.Name).Append(Timer).ToHashSet(), functions.Select(f => f.Name).ToHashSet());
    }

    [Fact]
    public async Task A_function_has_the_route_and_the_methods_of_its_operation()
    {
        var functions = HostFunction.ReadFile(await published.FolderAsync()).Where(f => f.Route is not null);

        Assert.Equal(
            Operation.All.OrderBy(o => o.Name, StringComparer.Ordinal).Select(o => (o.Name, o.Route, string.Join(' ', o.Methods))),
            functions.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => (f.Name, f.Route!, string.Join(' ', f.Methods ?? []))));
    }

    [Theory]
    [InlineData("klant_list", "GET HEAD", "api/v1/klanten")]
    [InlineData("klant_create", "POST", "api/v1/klanten")]
    [InlineData("klant_read", "GET HEAD", "api/v1/klanten/{uuid}")]
    [InlineData("klant_update", "PUT", "api/v1/klanten/{uuid}")]
    [InlineData("klant_partial_update", "PATCH", "api/v1/klanten/{uuid}")]
    [InlineData("klant_delete", "DELETE", "api/v1/klanten/{uuid}")]
    [InlineData("audittrail_list", "GET HEAD", "api/v1/klanten/{klant_uuid}/audittrail")]
    [InlineData("audittrail_read", "GET HEAD", "api/v1/klanten/{klant_uuid}/audittrail/{uuid}")]
    public async Task An_operation_of_the_standard_is_a_function(string operationId, string methods, string route)
    {
        var function = HostFunction.ReadFile(await published.FolderAsync()).Single(f => f.Name == operationId);

        Assert.Equal((methods, route), (string.Join(' ', function.Methods!), function.Route));
    }

    [Fact]
    public async Task The_outbox_is_emptied_by_the_clock()
    {
        var timer = Assert.Single(HostFunction.ReadFile(await published.FolderAsync()), f => f.Schedule is not null);

        Assert.Equal((Timer, "0 * * * * *"), (timer.Name, timer.Schedule));
    }

    [Fact]
    public async Task The_host_asks_no_key_of_its_own()
    {
        var functions = HostFunction.ReadFile(await published.FolderAsync());

        Assert.All(functions.Where(f => f.Route is not null), f => Assert.Equal("Anonymous", f.AuthLevel));
    }

    [Fact]
    public async Task The_last_function_takes_every_path_and_every_verb()
    {
        var last = HostFunction.ReadFile(await published.FolderAsync())[^1];

        Assert.Equal(("{*path}", null), (last.Route, last.Methods));
    }

    [Fact]
    public async Task No_other_function_takes_every_path()
    {
        var functions = HostFunction.ReadFile(await published.FolderAsync());

        Assert.Single(functions, f => f.Route?.Contains('*', StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task The_folder_has_what_the_host_reads()
    {
        var folder = await published.FolderAsync();

        Assert.All(OfTheWorker, name => Assert.True(File.Exists(Path.Combine(folder, name)), name));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder, ".azurefunctions")));
    }

    [Fact]
    public async Task Functions_are_listed_in_one_file_only() =>
        Assert.Empty(Directory.EnumerateFiles(await published.FolderAsync(), "function.json", SearchOption.AllDirectories));

    [Fact]
    public async Task The_host_starts_the_program_with_the_runtime_of_its_stack()
    {
        var app = HostedApp.Read(await published.FolderAsync())!;

        Assert.Equal("dotnet", app.Executable);
        Assert.Equal("Klanten.Functions.dll", Path.GetFileName(Assert.Single(app.Arguments)));
    }

    [Fact]
    public async Task The_program_leaves_the_runtime_to_the_host()
    {
        var folder = await published.FolderAsync();
        using var configuration = JsonDocument.Parse(await ReadAsync(Path.Combine(folder, "Klanten.Functions.runtimeconfig.json")));

        Assert.True(configuration.RootElement.GetProperty("runtimeOptions").TryGetProperty("frameworks", out _));
        Assert.Empty(Directory.EnumerateFiles(folder, "*coreclr*"));
    }

    [Fact]
    public async Task Routes_are_written_out_from_the_root() =>
        Assert.Equal("", HostedApp.Read(await published.FolderAsync())!.RoutePrefix);

    [Fact]
    public async Task The_host_file_is_the_one_of_the_repository()
    {
        var file = Path.Combine(await published.FolderAsync(), "host.json");

        Assert.Equal(await ReadAsync(Repository.PathOf("host.json")), await ReadAsync(file));
    }

    [Fact]
    public async Task The_zip_has_the_folder_at_its_root_and_the_hidden_folder_too()
    {
        await using var zip = await ZipFile.OpenReadAsync(await published.ZipAsync(), TestContext.Current.CancellationToken);
        var names = zip.Entries.Select(entry => entry.FullName).ToHashSet();

        Assert.Superset(OfTheWorker.ToHashSet(), names);
        Assert.Contains(names, name => name.StartsWith(".azurefunctions/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Klanten.Functions.dll")]
    [InlineData("Klanten.Core.dll")]
    [InlineData("System.CommandLine.dll")]
    public async Task Code_is_compiled_ahead(string assembly)
    {
        await using var file = File.OpenRead(Path.Combine(await published.FolderAsync(), assembly));
        using var reader = new PEReader(file);

        Assert.True(reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0);
    }

    [Fact]
    public async Task The_demo_application_stays_behind()
    {
        var settings = Directory.EnumerateFiles(await published.FolderAsync(), "appsettings*.json", SearchOption.AllDirectories);

        Assert.DoesNotContain("Demo", File.ReadAllText(Assert.Single(settings)), StringComparison.OrdinalIgnoreCase);
    }

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
}
