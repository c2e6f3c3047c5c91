using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>
/// The work of <c>controleren</c> grows as the store does: in a store of millions no part may compare each row with every other.
/// </summary>
public sealed class CheckCostTests : IDisposable
{
    private const int Few = 300;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Four_times_as_many_klanten_take_some_four_times_as_many_steps()
    {
        var few = CountSteps("few.db", Few);
        var many = CountSteps("many.db", 4 * Few);
        Assert.InRange(many, 3 * few, 6 * few);
    }

    /// <summary>Checks klanten of which each is in a block of its own, and counts thousands of steps of SQLite.</summary>
    private long CountSteps(string file, int klanten)
    {
        using (new SqliteDatabase(new() { Pad = folder[file] }))
        {
        }
        using var session = new SqliteSession(folder[file]);
        session.Script("BEGIN");
        for (var n = 1; n <= klanten; n++)
        {
            session.Execute(
                """
                INSERT INTO klant (sequence, id, version, bronorganisatie, klantnummer, json)
                VALUES (?1, randomblob(16), 1, ?2, ?3, x'7b')
                """,
                n << 18,
                "999990639",
                $"K{n}");
        }
        session.Script("COMMIT");
        var steps = 0L;
        var check = new SqliteCheck(session, _ => { }, _ => { });
        SqliteCheck.Mend(session);
        return session.RunWhile(
            () => ++steps > 0,
            _ =>
            {
                check.Run();
                return steps;
            });
    }
}
