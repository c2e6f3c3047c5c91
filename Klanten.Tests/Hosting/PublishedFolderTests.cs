using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using Klanten.Functions.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.Hosting;

/// <summary>The folder that is deployed, read as the Functions host reads it.</summary>
public sealed class PublishedFolderTests(PublishedProgram published)
{
    private static readonly string[] Reading = ["get", "head"];

    [Fact]
    public async Task Each_named_endpoint_of_the_program_has_its_function_and_there_are_no_others()
    {
        var endpoints = NamedEndpoints().Select(e => e.Name);

        var functions = HostFunction.ReadAll(await published.FolderAsync()).Select(f => f.Name);

        Assert.Equal(endpoints, functions);
    }

    [Fact]
    public async Task A_function_takes_the_methods_of_its_endpoint()
    {
        var expected = NamedEndpoints().Where(e => e.Metadata.GetMetadata<TimerTrigger>() is null).Select(e => (e.Name, Methods(e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods)));

        var functions = HostFunction.ReadAll(await published.FolderAsync()).Where(f => f.Schedule is null);

        Assert.Equal(expected, functions.Select(f => (f.Name, Methods(f.Methods))));
    }

    [Theory]
    [InlineData("klant_list", "klanten")]
    [InlineData("klant_create", "klanten")]
    [InlineData("klant_read", "klanten/{uuid}")]
    [InlineData("klant_update", "klanten/{uuid}")]
    [InlineData("klant_partial_update", "klanten/{uuid}")]
    [InlineData("klant_delete", "klanten/{uuid}")]
    [InlineData("audittrail_list", "klanten/{klant_uuid}/audittrail")]
    [InlineData("audittrail_read", "klanten/{klant_uuid}/audittrail/{uuid}")]
    public async Task An_operation_of_the_standard_has_its_path_beneath_the_prefix(string operationId, string route)
    {
        var function = HostFunction.ReadAll(await published.FolderAsync()).Single(f => f.Name == operationId);

        Assert.Equal(route, function.Route);
    }

    [Fact]
    public async Task The_outbox_is_emptied_by_the_clock()
    {
        var timer = Assert.Single(HostFunction.ReadAll(await published.FolderAsync()), f => f.Schedule is not null);

        Assert.Equal("outbox_bezorgen", timer.Name);
    }

    [Fact]
    public async Task Wherever_GET_is_HEAD_is()
    {
        var functions = HostFunction.ReadAll(await published.FolderAsync());

        Assert.All(functions.Where(f => f.Methods?.Contains("get") == true), f => Assert.Contains("head", f.Methods!));
        Assert.Equal(Reading, functions.Single(f => f.Name == "klant_read").Methods);
    }

    [Fact]
    public async Task The_host_asks_no_key_of_its_own()
    {
        var functions = HostFunction.ReadAll(await published.FolderAsync());

        Assert.All(functions.Where(f => f.Schedule is null), f => Assert.Equal("anonymous", f.AuthLevel));
    }

    [Fact]
    public async Task The_last_function_takes_every_path_and_every_verb()
    {
        var last = HostFunction.ReadAll(await published.FolderAsync())[^1];

        Assert.Equal(("{*path}", null), (last.Route, last.Methods));
    }

    [Fact]
    public async Task No_other_function_takes_every_path()
    {
        var functions = HostFunction.ReadAll(await published.FolderAsync());

        Assert.Single(functions, f => f.Route?.Contains('*', StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task The_host_passes_requests_on_as_they_are()
    {
        var host = await HostJsonAsync();

        Assert.True(host.GetProperty("customHandler").GetProperty("enableProxyingHttpRequest").GetBoolean());
    }

    [Theory]
    [InlineData("Yarp")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("System.Net.Http")]
    public async Task The_host_does_not_log_query_strings(string category)
    {
        var host = await HostJsonAsync();

        Assert.Equal("Warning", host.GetProperty("logging").GetProperty("logLevel").GetProperty(category).GetString());
    }

    [Fact]
    public async Task The_host_does_not_trace_query_strings()
    {
        var host = await HostJsonAsync();

        Assert.False(host.GetProperty("logging").GetProperty("applicationInsights").GetProperty("enableDependencyTracking").GetBoolean());
    }

    [Fact]
    public async Task Functions_live_beneath_the_path_of_the_standard()
    {
        var host = await HostJsonAsync();

        Assert.Equal("api/v1", host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
    }

    [Fact]
    public async Task The_program_that_the_host_starts_may_be_executed()
    {
        var host = await HostJsonAsync();
        var executable = host.GetProperty("customHandler").GetProperty("description").GetProperty("defaultExecutablePath").GetString()!;

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(await published.FolderAsync(), executable)).HasFlag(UnixFileMode.OtherExecute));
    }

    [Fact]
    public async Task The_zip_keeps_the_program_executable()
    {
        await using var zip = await ZipFile.OpenReadAsync(await published.ZipAsync(), TestContext.Current.CancellationToken);
        var mode = (UnixFileMode)(zip.GetEntry("Klanten.Functions")!.ExternalAttributes >> 16 & 0x1FF);

        Assert.True(OperatingSystem.IsWindows() || mode.HasFlag(UnixFileMode.OtherExecute));
    }

    [Fact]
    public async Task The_zip_has_the_folder_at_its_root()
    {
        await using var zip = await ZipFile.OpenReadAsync(await published.ZipAsync(), TestContext.Current.CancellationToken);

        Assert.Subset(zip.Entries.Select(e => e.FullName).ToHashSet(), new HashSet<string> { "host.json", "klant_read/function.json", "zz_rest/function.json" });
    }

    [Fact]
    public async Task The_folder_brings_its_own_runtime() =>
        Assert.Contains(Directory.EnumerateFiles(await published.FolderAsync()), f => Path.GetFileNameWithoutExtension(f) is "libcoreclr" or "coreclr");

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

    /// <summary>From the program itself, by name.</summary>
    private static List<(string Name, EndpointMetadataCollection Metadata)> NamedEndpoints()
    {
        var data = Directory.CreateTempSubdirectory("klanten-");
        try
        {
            using var program = new WebApplicationFactory<Program>()
                .WithWebHostBuilder(host => host.UseEnvironment("Production").UseSetting("Klanten:Sqlite:Pad", Path.Combine(data.FullName, "klanten.db")));
            return
            [
                .. from endpoint in program.Services.GetRequiredService<EndpointDataSource>().Endpoints
                   let name = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName
                   where name is not null
                   orderby name.ToUpperInvariant()
                   select (name, endpoint.Metadata),
            ];
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private async Task<JsonElement> HostJsonAsync()
    {
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(await published.FolderAsync(), "host.json")));
        return document.RootElement.Clone();
    }

    private static string Methods(IReadOnlyList<string>? methods) =>
        methods is null or [] ? "all" : string.Join(' ', methods.Select(m => m.ToLowerInvariant()).Order(StringComparer.Ordinal));
}
