using System.Net.Http.Headers;
using Klanten.Functions.Commands;

namespace Klanten.Bench.Programs;

/// <summary>The program in a process of its own, with an application that has all rights.</summary>
internal sealed class ServedProgram : IAsyncDisposable
{
    public const string ClientId = "bench";
    public const string Secret = "bench-geheim-dat-alleen-op-deze-machine-geldt";

    /// <summary>For all that is asked of the program by others than the load generator.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private ServedProgram(RunningProgram process)
    {
        Process = process;
        Token = TokenCommand.Token(ClientId, Secret, DateTimeOffset.UtcNow);
        Client = new(new SocketsHttpHandler { PooledConnectionLifetime = Patience }) { Timeout = Patience };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public RunningProgram Process { get; }

    /// <summary>A token of an application with all rights, which <see cref="Client"/> sends.</summary>
    public string Token { get; }

    public HttpClient Client { get; }

    public string Root => Process.Root;

    public string Klanten => $"{Root}/api/v1/klanten";

    /// <param name="program">The program's DLL.</param>
    /// <param name="store">The database file, whose folder exists.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="settings">Settings, as <c>Klanten__…=value</c>.</param>
    public static async Task<ServedProgram> StartAsync(string program, string store, int port, params string[] settings) =>
        new(await RunningProgram.StartAsync(
            ["dotnet", program],
            port,
            ["DOTNET_ENVIRONMENT=Production", $"ASPNETCORE_URLS=http://127.0.0.1:{port}", .. Settings(store), .. settings]));

    /// <summary>The same under the Functions host of the tests.</summary>
    /// <param name="tests">The DLL of the tests.</param>
    /// <param name="folder">The published program.</param>
    /// <param name="store">The database file, whose folder exists.</param>
    /// <param name="port">Where the host listens.</param>
    public static async Task<ServedProgram> StartUnderHostAsync(string tests, string folder, string store, int port) =>
        new(await RunningProgram.StartAsync(
            ["dotnet", tests, "functions-host", folder, $"{port}"], port, Settings(store)));

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return Process.DisposeAsync();
    }

    private static string[] Settings(string store) =>
    [
        $"Klanten__Sqlite__Pad={store}",
        $"Klanten__Applicaties__0__ClientIds__0={ClientId}",
        $"Klanten__Applicaties__0__Secret={Secret}",
        "Klanten__Applicaties__0__HeeftAlleAutorisaties=true",
        "Klanten__Subject__ToegestaneHosts__0=127.0.0.1",
    ];
}
