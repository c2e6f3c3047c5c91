using System.IO.Compression;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Commands;

/// <summary>Whatever refuses a command or a start, the sentence is in the language that was asked for.</summary>
public sealed class RefusalLanguageTests : IDisposable
{
    /// <summary>What lies in the folder, and what is typed there; nothing typed is a start of the program.</summary>
    private static readonly Dictionary<string, Func<RefusalLanguageTests, string[]>> Refused = new()
    {
        ["a backup that is missing"] = test => ["restore", "--van", test.folder["weg.db"]],
        ["a backup that is a text"] = test => ["restore", "--van", test.Text("tekst.db")],
        ["a backup that is empty"] = test => ["restore", "--van", test.Text("leeg.db", "")],
        ["a backup that is damaged"] = test => ["restore", "--van", test.Damaged("stuk.db")],
        ["a backup of another program"] = test => ["restore", "--van", test.OfAnotherProgram("anders.db")],
        ["a backup of a newer program"] = test => ["restore", "--van", test.OfVersion(99, "nieuw.db")],
        ["a backup with a log beside it"] = test => ["restore", "--van", test.WithLog("kopie.db")],
        ["a backup that is a folder"] = test => ["restore", "--van", test.Folder("map.db")],
        ["a second restore"] = test => ["restore", "--van", test.AfterRestore("kopie.db")],
        ["a restore over a store in use"] = test => ["restore", "--van", test.InUse()],
        ["a check of a store in use"] = test => After(test.InUse(), "controleren"),
        ["a check of nothing"] = _ => ["controleren"],
        ["a check of a text"] = test => After(test.Text("klanten.db"), "controleren"),
        ["a check of an older schema"] = test => After(test.BeforeRelease(), "controleren"),
        ["a check beside a log without its database"] = test => After(test.LogAlone(), "controleren"),
        ["a check beside a log of another file"] = test => After(test.OtherLog(), "controleren"),
        ["a lock that cannot be taken"] = test => After(test.Folder("klanten.db-lock"), "controleren"),
        ["a backup of nothing"] = test => ["backup", "--naar", test.folder["kopie.db"]],
        ["a backup that exists"] = test => After(test.Store(), "backup", "--naar", test.Text("kopie.db")),
        ["a backup in a folder that does not exist"] = test => After(test.Store(), "backup", "--naar", test.folder["weg/kopie.db"]),
        ["a backup without a name"] = _ => ["backup", "--naar", ""],
        ["a backup to an option"] = _ => ["backup", "--naar", "--json"],
        ["a backup to a file of the store"] = test => After(test.Store(), "backup", "--naar", test.folder["klanten.db-previous"]),
        ["a backup to a folder"] = test => After(test.Store(), "backup", "--naar", test.Folder("map")),
        ["a backup in a file"] = test => After(test.Store(), "backup", "--naar", Path.Combine(test.Text("bestand"), "kopie.db")),
        ["a backup to a device"] = test => After(test.Store(), "backup", "--naar", "/dev/null"),
        ["a backup of a device"] = _ => ["restore", "--van", "/dev/zero"],
        ["an export of nothing"] = test => ["exporteer", "--naar", test.folder["klanten.jsonl"]],
        ["an export of an older schema"] = test => After(test.OfVersion(4), "exporteer", "--naar", test.folder["klanten.jsonl"]),
        ["an export of a text"] = test => After(test.Text("klanten.db"), "exporteer", "--naar", test.folder["klanten.jsonl"]),
        ["an export to a file that exists"] = test => After(test.Store(), "exporteer", "--naar", test.Text("klanten.jsonl")),
        ["an export to a folder that does not exist"] =
            test => After(test.Store(), "exporteer", "--naar", test.folder["weg/klanten.jsonl"]),
        ["an import of nothing"] = test => ["importeer", "--bron", test.folder["weg.jsonl"]],
        ["an import of no address"] = _ => ["importeer", "--bron", "ftp://example.com/klanten"],
        ["an import without a secret"] = _ => ["importeer", "--bron", "http://127.0.0.1:1/api/v1"],
        ["an import of a file with the wrong header"] = test => ["importeer", "--bron", test.Text("klanten.jsonl.gz")],
        ["an import of a file that was cut off"] = test => ["importeer", "--bron", test.CutOff("klanten.jsonl.gz")],
        ["an import into a store in use"] = test => After(test.InUse(), "importeer", "--bron", test.Text("klanten.jsonl")),
        ["an import with a report that is a folder"] =
            test => ["importeer", "--bron", test.Text("klanten.jsonl"), "--verslag", test.Folder("verslag")],
        ["an import with a report in no folder"] =
            test => ["importeer", "--bron", test.Text("klanten.jsonl"), "--verslag", test.folder["weg/verslag.csv"]],
        ["an import with progress that is a text"] =
            test => ["importeer", "--bron", test.Text("klanten.jsonl"), "--voortgang", test.Text("voortgang.db")],
        ["an import with progress of another"] =
            test => ["importeer", "--bron", test.Text("klanten.jsonl"), "--voortgang", test.ProgressOfAnother("voortgang.db")],
        ["notifications of nothing"] = _ => ["notificaties"],
        ["notifications of a newer store"] = test => After(test.OfVersion(99), "notificaties"),
        ["notifications of a store in use"] = test => After(test.InUse(), "notificaties-hervatten"),
        ["a kanaal without an API"] = _ => ["kanaal-registreren"],
        ["a token of no application"] = _ => ["token", "--client", "onbekend"],
        ["a start on a store in use"] = test => After(test.InUse()),
        ["a start on a text"] = test => After(test.Text("klanten.db")),
        ["a start on a store of another program"] = test => After(test.OfAnotherProgram("klanten.db")),
        ["a start on a store of a newer program"] = test => After(test.OfVersion(99)),
        ["a start on a store of before the release"] = test => After(test.BeforeRelease()),
        ["a start beside a log without its database"] = test => After(test.LogAlone()),
        ["a start beside a log of another file"] = test => After(test.OtherLog()),
        ["a start on a store with two names"] = test => After(test.TwoNames()),
        ["a start on a folder"] = test => After(test.Folder("klanten.db")),
        ["a start on settings that are no JSON"] = test => After(test.Text("appsettings.json", "{\n \"Klanten\": {")),
        ["a command on settings that are no JSON"] = test => After(test.Text("appsettings.json", "{,"), "notificaties"),
        ["a start with a log level that there is not"] = _ => ["--Logging:LogLevel:Klanten=Veel"],
        ["a command with a log level that there is not"] = test =>
            After(test.Text("appsettings.json", """{"Logging": {"Console": {"LogLevel": {"Default": "Veel"}}}}"""), "notificaties"),
        ["a start with a limit that is out of its range"] = _ => ["--Klanten:Limieten:InhoudMB=0"],
        ["a start with null for a value"] = test => After(test.Text("appsettings.json", """{"Klanten": {"Opslag": null}}""")),
        ["a start on an endpoint that is no URL"] = _ => ["--Kestrel:Endpoints:a:Url=x"],
        ["no command"] = _ => ["[suggest]"],
        ["a file of arguments"] = _ => ["@weg.rsp"],
        ["a start with a wrong setting"] = _ => ["--Klanten:Opslag=Papier"],
    };

    private readonly TempFolder folder = new();
    private readonly List<IDisposable> held = [];

    public static TheoryData<string> Kinds => [.. Refused.Keys];

    public void Dispose()
    {
        foreach (var holder in held) holder.Dispose();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_refusal_is_Dutch_unless_English_is_asked_for(string kind)
    {
        var args = Refused[kind](this);
        var dutch = await SentenceAsync("nl_NL.UTF-8", args);
        var english = await SentenceAsync("en_GB.UTF-8", args);
        Assert.NotEqual(dutch, english);
        Spoken.AssertDutch(dutch);
        Spoken.AssertEnglish(english);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(302)]
    [InlineData(200)]
    public async Task A_source_that_cannot_be_read_is_told_in_that_language(int status)
    {
        await using var source = await FakeApi.StartAsync(status == 302 ? FakeApi.Redirect("/elders") : FakeApi.With(status, "{}"));
        foreach (var url in (string[])[source.Root, source.Root.Replace("http:", "https:", StringComparison.Ordinal)])
        {
            string[] args = ["importeer", "--bron", url, "--client", "over"];
            Spoken.AssertDutch(await SentenceAsync("nl", args));
            Spoken.AssertEnglish(await SentenceAsync("en", args));
        }
    }

    /// <summary>What it prints, without its log, on its way to exit code 1.</summary>
    private async Task<string> SentenceAsync(string locale, string[] args)
    {
        var settings = new Dictionary<string, string?>
        {
            ["LC_ALL"] = locale,
            ["Logging:LogLevel:Default"] = "None",
            ["Klanten:Sqlite:Pad"] = folder.Database,
            ["Klanten:Importeren:Secret"] = Applications.Alles.Secret,
            ["Klanten:Applicaties:0:ClientIds:0"] = "start",
            ["Klanten:Applicaties:0:Secret"] = Applications.Alles.Secret,
            ["Klanten:Applicaties:0:HeeftAlleAutorisaties"] = "true",
        };
        var (exitCode, output) = await KlantenProgram.RunAsync(folder.Path, settings, args);
        Assert.True(exitCode == 1 && output.Length > 0 && !output.Contains("   at ", StringComparison.Ordinal), $"{exitCode}: {output}");
        return output;
    }

    /// <summary>What is typed when a file is made.</summary>
    private static string[] After(string made, params string[] args)
    {
        Assert.True(File.Exists(made) || Directory.Exists(made), made);
        return args;
    }

    private string Text(string name, string text = "Dit is geen database, en geen JSON.")
    {
        File.WriteAllText(folder[name], text);
        return folder[name];
    }

    private string Folder(string name) => Directory.CreateDirectory(folder[name]).FullName;

    private string Store(string name = "klanten.db")
    {
        new SqliteDatabase(new() { Pad = folder[name] }).Dispose();
        return folder[name];
    }

    private string InUse()
    {
        held.Add(new SqliteDatabase(new() { Pad = folder.Database }));
        return folder.Database;
    }

    private string Script(string name, string sql)
    {
        using var session = new SqliteSession(folder[name], SessionKind.Plain);
        session.Script(sql);
        return folder[name];
    }

    private string OfVersion(int version, string name = "klanten.db")
    {
        Store(name);
        return Script(name, $"PRAGMA user_version = {version}");
    }

    private string OfAnotherProgram(string name) => Script(name, "CREATE TABLE other (id INTEGER PRIMARY KEY)");

    private string BeforeRelease() => Script("klanten.db", "CREATE TABLE telling (id INTEGER PRIMARY KEY); PRAGMA user_version = 2");

    private string Damaged(string name)
    {
        using var file = new FileStream(Store(name), FileMode.Open, FileAccess.Write);
        file.Position = file.Length / 2;
        file.Write(new byte[SessionKind.PageSize * 2]);
        return file.Name;
    }

    private string WithLog(string name)
    {
        Store(name);
        Text(name + "-wal");
        return folder[name];
    }

    private string AfterRestore(string name)
    {
        Text("klanten.db-previous");
        return Store(name);
    }

    /// <summary>A log with transactions, of a store that a crash left.</summary>
    private string LogAlone()
    {
        var stopped = new SqliteDatabase(new() { Pad = folder["gestopt.db"] });
        held.Add(stopped);
        Write(stopped);
        File.Copy(folder["gestopt.db-wal"], folder["klanten.db-wal"]);
        return folder["klanten.db-wal"];
    }

    private string OtherLog()
    {
        LogAlone();
        using (var other = new SqliteDatabase(new() { Pad = folder["ander.db"] })) Write(other);
        return Move(folder["ander.db"], folder.Database);
    }

    private static void Write(SqliteDatabase database)
    {
        const string Sql = "INSERT INTO klant_count (bronorganisatie, count) VALUES ('999990639', 0)";
        database.WriteAsync(transaction => transaction.Session.Script(Sql)).GetAwaiter().GetResult();
    }

    private string TwoNames()
    {
        var (exitCode, output) = ChildProcess.RunAsync("ln", [Store(), folder["tweede.db"]], folder.Path).GetAwaiter().GetResult();
        Assert.True(exitCode == 0, output);
        return folder.Database;
    }

    private string CutOff(string name)
    {
        using (var lines = new GZipStream(File.Create(folder[name]), CompressionLevel.Fastest)) lines.Write(new byte[100_000]);
        var whole = File.ReadAllBytes(folder[name]);
        File.WriteAllBytes(folder[name], whole[..(whole.Length / 2)]);
        return folder[name];
    }

    private string ProgressOfAnother(string name) =>
        Script(name, "CREATE TABLE import (identity TEXT NOT NULL) STRICT; INSERT INTO import VALUES ('/srv/elders.jsonl (9 bytes)')");

    private static string Move(string from, string to)
    {
        File.Move(from, to);
        return to;
    }
}
