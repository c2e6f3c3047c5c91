using BenchmarkDotNet.Attributes;
using Klanten.Core.Model;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Seed;
using Microsoft.Data.Sqlite;

namespace Klanten.Bench;

/// <summary>
/// The store's own layer over SQLite (SqliteSession) against ADO.NET (Microsoft.Data.Sqlite): the same statements on the same file of
/// 10,000 klanten, prepared once on both sides. ADR 7 has the figures.
/// </summary>
[MemoryDiagnoser]
public class AdoNet
{
    private const int CommitSize = 8;
    private const int PageSize = 100;

    private const string SelectOne = "SELECT version, json FROM klant WHERE id = ?1";
    private const string SelectFound =
        "SELECT id, version, json, sequence FROM klant WHERE inp_bsn = ?1 AND bronorganisatie = ?2 ORDER BY sequence";
    private const string SelectPage = "SELECT id, version, json, sequence FROM klant WHERE sequence >= ?1 ORDER BY sequence LIMIT ?2";
    private const string Insert =
        """
        INSERT INTO klant (id, version, json, bronorganisatie, klantnummer, inp_bsn, emailadres, telefoonnummer, achternaam, postcode)
        VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    private string folder = "";
    private SqliteSession session = null!;
    private SqliteConnection connection = null!;
    private SqliteCommand one = null!;
    private SqliteCommand found = null!;
    private SqliteCommand page = null!;
    private SqliteCommand insert = null!;
    private Guid id;
    private string bronorganisatie = "";
    private string bsn = "";
    private byte[] json = [];
    private int number;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        folder = Directory.CreateTempSubdirectory("klanten-ado").FullName;
        var path = Path.Combine(folder, "k.db");
        using (var database = new SqliteDatabase(new() { Pad = path }))
        {
            await new StoreFiller(new SqliteKlantStore(database), TimeProvider.System)
                .ExecuteAsync(new SampleKlanten(1, 20).Endless().Take(10_000), new AuditContext(), _ => { }, CancellationToken.None);
        }
        session = new(path);
        using (var row = session.Prepare("SELECT id, bronorganisatie, inp_bsn, json FROM klant WHERE inp_bsn IS NOT NULL LIMIT 1"))
        {
            row.Step();
            (id, bronorganisatie, bsn, json) = (row.Guid(0), row.Text(1), row.Text(2), row.Blob(3).ToArray());
        }
        connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using (var pragmas = Command("PRAGMA synchronous = FULL; PRAGMA mmap_size = 2147418112; PRAGMA temp_store = MEMORY", 0))
        {
            pragmas.ExecuteNonQuery();
        }
        (one, found, page, insert) = (Command(SelectOne, 1), Command(SelectFound, 2), Command(SelectPage, 2), Command(Insert, 9));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (var command in new[] { one, found, page, insert }) command.Dispose();
        connection.Dispose();
        session.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Benchmark(Description = "read, own layer")]
    public int Read()
    {
        using var row = session.Prepare(SelectOne).Bind(id);
        return row.Step() ? row.Blob(1).ToArray().Length + (int)row.Int64(0) : 0;
    }

    [Benchmark(Description = "read, ADO.NET")]
    public int ReadByAdo()
    {
        Set(one, id.ToByteArray(bigEndian: true));
        using var row = one.ExecuteReader();
        return row.Read() ? row.GetFieldValue<byte[]>(1).Length + (int)row.GetInt64(0) : 0;
    }

    [Benchmark(Description = "find, own layer")]
    public int Find() => Rows(session.Prepare(SelectFound, bsn, bronorganisatie));

    [Benchmark(Description = "find, ADO.NET")]
    public int FindByAdo() => RowsByAdo(found, bsn, bronorganisatie);

    [Benchmark(Description = "page of 100, own layer")]
    public int Page() => Rows(session.Prepare(SelectPage, 0, PageSize));

    [Benchmark(Description = "page of 100, ADO.NET")]
    public int PageByAdo() => RowsByAdo(page, 0, PageSize);

    [Benchmark(Description = "8 inserts and a commit, own layer")]
    public void Create()
    {
        session.Execute("BEGIN IMMEDIATE");
        for (var i = 0; i < CommitSize; i++) session.Execute(Insert, NewRow());
        session.Execute("COMMIT");
    }

    [Benchmark(Description = "8 inserts and a commit, ADO.NET")]
    public void CreateByAdo()
    {
        using var transaction = connection.BeginTransaction();
        insert.Transaction = transaction;
        for (var i = 0; i < CommitSize; i++)
        {
            Set(insert, NewRow());
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    private static int Rows(SqliteStatement rows)
    {
        using (rows)
        {
            var bytes = 0;
            while (rows.Step()) bytes += rows.Guid(0).GetHashCode() + (int)rows.Int64(1) + rows.Blob(2).ToArray().Length;
            return bytes;
        }
    }

    private static int RowsByAdo(SqliteCommand command, params object[] values)
    {
        Set(command, values);
        using var rows = command.ExecuteReader();
        var bytes = 0;
        while (rows.Read())
        {
            bytes += new Guid(rows.GetFieldValue<byte[]>(0), bigEndian: true).GetHashCode() + (int)rows.GetInt64(1);
            bytes += rows.GetFieldValue<byte[]>(2).Length;
        }
        return bytes;
    }

    private static void Set(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
    }

    private SqliteCommand Command(string sql, int parameters)
    {
        var command = connection.CreateCommand();
        // The statements are those above.
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++) command.Parameters.AddWithValue($"?{i}", DBNull.Value);
        if (parameters > 0) command.Prepare();
        return command;
    }

    private object[] NewRow() =>
    [
        Guid.NewGuid().ToByteArray(bigEndian: true),
        json,
        bronorganisatie,
        $"B{++number}",
        $"{Random.Shared.Next(100_000_000, 999_999_999)}",
        $"{Guid.NewGuid()}@example.com",
        $"06{Random.Shared.Next(10_000_000, 99_999_999)}",
        $"Naam {number % 1000}",
        "1234 AB",
    ];
}
