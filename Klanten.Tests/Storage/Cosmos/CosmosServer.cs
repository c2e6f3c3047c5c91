using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// A local Cosmos DB: the in-memory server of npm's @vercel/cosmosdb-server, behind the proxy that adds what it lacks (ADR 11).
/// Nothing remains when the process ends.
/// </summary>
internal sealed class CosmosServer : IAsyncDisposable
{
    /// <summary>The SDK requires a key; the server does not check it.</summary>
    private const string Key = "a2xhbnRlbg==";

    private readonly Process node;
    private readonly CosmosProxy proxy;

    private CosmosServer(Process node, CosmosProxy proxy) => (this.node, this.proxy) = (node, proxy);

    public string ConnectionString => $"AccountEndpoint={proxy.Address};AccountKey={Key};";

    /// <param name="port">The port to listen on; 0 for any free port.</param>
    /// <param name="physicalPartitions">How many each container has.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<CosmosServer> StartAsync(int port, int physicalPartitions, CancellationToken cancellationToken)
    {
        var folder = Repository.PathOf("Klanten.Tests", "Storage", "Cosmos", "Server");
        await Npm.InstallAsync(folder);
        var node = StartNode(folder);
        var line = await node.StandardOutput.ReadLineAsync(cancellationToken);
        if (!int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var nodePort))
        {
            var errors = await node.StandardError.ReadToEndAsync(cancellationToken);
            throw new InvalidOperationException("The Cosmos server did not start: " + errors);
        }
        // Both pipes are drained, because the server would block once a pipe is full.
        _ = node.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        _ = node.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        var address = new Uri($"http://127.0.0.1:{nodePort}/");
        return new(node, await CosmosProxy.StartAsync(port, address, physicalPartitions, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        node.Dispose();
    }

    private static Process StartNode(string folder)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", ["server.cjs"])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException(
                $"The Cosmos tests need Node.js 20 or later ('node' was not found), or an account in {CosmosAccount.Variable}.");
        }
    }
}
