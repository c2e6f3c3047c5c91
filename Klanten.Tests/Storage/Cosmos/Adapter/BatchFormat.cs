using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Serialization.HybridRow;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.IO;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.Layouts;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.RecordIO;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.Schemas;

namespace Klanten.Tests.Storage.Cosmos.Adapter;

/// <summary>Kinds of step, with their numbers in the protocol (the SDK's internal OperationType).</summary>
internal enum BatchKind
{
    Create = 0,
    Patch = 1,
    Delete = 4,
    Replace = 5,
    Upsert = 20,
}

/// <summary>One step of a transaction, and its result.</summary>
internal sealed class BatchStep
{
    public BatchKind Kind { get; set; }
    public string? Id { get; set; }
    public string? IfMatch { get; set; }
    public byte[]? Body { get; set; }
    public int Status { get; set; }
    public string? ETag { get; set; }
}

/// <summary>Reads and writes transactions in their binary format: HybridRow, with the schemas that are embedded in the SDK.</summary>
internal static class BatchFormat
{
    private static readonly Namespace Schemas = Load();
    private static readonly LayoutResolverNamespace Resolver = new(Schemas);
    private static readonly Layout ResultLayout = Resolver.Resolve(Schemas.Schemas.Find(schema => schema.Name == "BatchResult")!.SchemaId);

    public static async Task<List<BatchStep>> ReadAsync(byte[] body)
    {
        var steps = new List<BatchStep>();
        using var stream = new MemoryStream(body);
        await stream.ReadRecordIOAsync((ReadOnlyMemory<byte> record) =>
        {
            var row = new RowBuffer(record.Length);
            if (!row.ReadFrom(record.Span, HybridRowVersion.V1, Resolver)) return Result.Failure;
            steps.Add(Read(ref row));
            return Result.Success;
        }, resizer: new MemorySpanResizer<byte>(body.Length));
        return steps;
    }

    public static async Task<byte[]> WriteAsync(List<BatchStep> steps)
    {
        var stream = new MemoryStream();
        await stream.WriteRecordIOAsync(default(Segment), (long index, out ReadOnlyMemory<byte> record) =>
        {
            record = default;
            if (index >= steps.Count) return Result.Success;
            var row = new RowBuffer(1024);
            row.InitLayout(HybridRowVersion.V1, ResultLayout, Resolver);
            var result = RowWriter.WriteBuffer(ref row, steps[(int)index], Write);
            using var bytes = new MemoryStream();
            row.WriteTo(bytes);
            record = bytes.ToArray();
            return result;
        });
        return stream.ToArray();
    }

    private static BatchStep Read(ref RowBuffer row)
    {
        var step = new BatchStep();
        var reader = new RowReader(ref row);
        while (reader.Read())
        {
            switch (reader.Path.ToString())
            {
                case "operationType":
                    reader.ReadInt32(out var kind);
                    step.Kind = (BatchKind)kind;
                    break;
                case "id":
                    reader.ReadString(out string id);
                    step.Id = id;
                    break;
                case "resourceBody":
                    reader.ReadBinary(out byte[] body);
                    step.Body = body;
                    break;
                case "ifMatch":
                    reader.ReadString(out string etag);
                    step.IfMatch = etag;
                    break;
            }
        }
        return step;
    }

    private static Result Write(ref RowWriter writer, TypeArgument type, BatchStep step)
    {
        writer.WriteInt32("statusCode", step.Status);
        writer.WriteInt32("subStatusCode", 0);
        if (step.ETag is not null) writer.WriteString("eTag", step.ETag);
        return writer.WriteFloat64("requestCharge", 1);
    }

    private static Namespace Load()
    {
        const string Resource = "Microsoft.Azure.Cosmos.Batch.HybridRowBatchSchemas.json";
        using var stream = typeof(CosmosClient).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return Namespace.Parse(reader.ReadToEnd());
    }
}
