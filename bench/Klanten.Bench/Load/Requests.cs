using System.Globalization;
using System.Text.Json.Nodes;
using Klanten.Bench.Programs;

namespace Klanten.Bench.Load;

/// <summary>The requests of the load, one a line in files, made from klanten from all over a store.</summary>
/// <param name="folder">Where the files are.</param>
/// <param name="name">How they begin.</param>
internal sealed class Requests(string folder, string name)
{
    private const int PageSize = 100;
    private const int MaxPages = 200;
    private const int SampleSize = 1000;
    private const int Known = 200;

    /// <summary>More pages than the program keeps in memory.</summary>
    private const int Successive = 200;

    /// <summary>The first of the pages that stand for any page but the first.</summary>
    private const int FirstOther = 101;

    private readonly List<JsonObject> sample = [];
    private readonly List<JsonObject> seen = [];

    public string Get => File("get");

    /// <summary>With the ETag of the klant.</summary>
    public string Conditional => File("known");

    /// <summary>By BSN within a bronorganisatie.</summary>
    public string Find => File("find");

    /// <summary>The same of so many klanten that each has to be read from the file, unless the store has few.</summary>
    public string FindOther => File("finds");

    /// <summary>By email address, and so in the full-text index of SQLite; of as many klanten.</summary>
    public string FindByEmailadres => File("emails");

    public string FirstPage => File("page1");

    /// <summary>Successive pages of all klanten, some way from the first.</summary>
    public string OtherPages => Pages(FirstOther);

    public string FirstPageOfBronorganisatie => File("org");

    public string Post => File("post");

    public string Patch => File("patch");

    /// <summary>The URL of one klant, without its host.</summary>
    public string KlantPath => PathOf(sample[0]);

    public static async Task<Requests> MakeAsync(ServedProgram served, int size, string folder, string name)
    {
        var requests = new Requests(folder, name);
        await requests.TakeSampleAsync(served, size);
        await requests.WriteAsync(served);
        return requests;
    }

    /// <summary>Successive pages of all klanten, so many that each has to be read from the file.</summary>
    /// <param name="first">The number of the first of them.</param>
    public string Pages(int first) =>
        Write($"page{first}", Enumerable.Range(first, Successive).Select(number => $"/api/v1/klanten?page={number}"));

    /// <summary>One URL.</summary>
    public string One(string kind, string path) => Write(kind, [path]);

    private static string PathOf(JsonNode klant) => new Uri(klant["url"]!.GetValue<string>()).AbsolutePath;

    private async Task TakeSampleAsync(ServedProgram served, int size)
    {
        var random = new Random(1);
        var pages = size / PageSize;
        for (var page = 1; page <= pages; page += Math.Max(1, pages / MaxPages))
        {
            var answer = JsonNode.Parse(await served.Client.GetStringAsync(new Uri($"{served.Klanten}?page={page}")))!;
            seen.AddRange(answer["results"]!.AsArray().Select(klant => klant!.AsObject()));
        }
        var shuffled = seen.ToArray();
        random.Shuffle(shuffled);
        sample.AddRange(shuffled.Take(SampleSize));
    }

    private async Task WriteAsync(ServedProgram served)
    {
        Write("get", sample.Select(PathOf));
        Write("known", await KnownAsync(served));
        Write("find", Finds(sample));
        Write("finds", Finds(seen));
        Write("emails", seen.Select(klant => $"/api/v1/klanten?emailadres={Uri.EscapeDataString($"{klant["emailadres"]}")}"));
        Write("page1", ["/api/v1/klanten"]);
        Write("org", sample.Select(klant => $"/api/v1/klanten?bronorganisatie={klant["bronorganisatie"]}").Distinct());
        Write("post", sample.Select(NewKlant));
        Write("patch", sample.Select((klant, i) => PathOf(klant) + "\t" + Change(i)));
    }

    private static IEnumerable<string> Finds(IEnumerable<JsonObject> klanten) =>
        from klant in klanten
        let bsn = klant["subjectIdentificatie"]?["inpBsn"]?.GetValue<string>()
        where !string.IsNullOrEmpty(bsn)
        select $"/api/v1/klanten?bronorganisatie={klant["bronorganisatie"]}&subjectNatuurlijkPersoon__inpBsn={bsn}";

    private async Task<List<string>> KnownAsync(ServedProgram served)
    {
        var known = new List<string>();
        foreach (var klant in sample.Take(Known))
        {
            using var answer = await served.Client.GetAsync(new Uri(served.Root + PathOf(klant)));
            known.Add($"{PathOf(klant)}\t{answer.Headers.ETag}");
        }
        return known;
    }

    private static string NewKlant(JsonObject klant)
    {
        var body = klant.DeepClone().AsObject();
        body.Remove("url");
        body.Remove("klantnummer");
        return body.ToJsonString();
    }

    private static string Change(int i) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"telefoonnummer":"06{{10_000_000 + i}}"}""");

    private string File(string kind) => Path.Combine(folder, $"{name}.{kind}");

    private string Write(string kind, IEnumerable<string> lines)
    {
        System.IO.File.WriteAllLines(File(kind), lines);
        return File(kind);
    }
}
