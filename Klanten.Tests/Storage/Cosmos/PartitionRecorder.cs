using System.Collections.Concurrent;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>Records to which partition each request for documents goes; null for one to all partitions.</summary>
internal sealed class PartitionRecorder() : DelegatingHandler(new SocketsHttpHandler())
{
    public ConcurrentQueue<string?> Partitions { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath.Contains("/docs", StringComparison.Ordinal))
            Partitions.Enqueue(request.Headers.TryGetValues("x-ms-documentdb-partitionkey", out var key) ? key.Single() : null);
        return base.SendAsync(request, cancellationToken);
    }
}
