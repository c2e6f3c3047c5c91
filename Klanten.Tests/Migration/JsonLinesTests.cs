using System.IO.Compression;
using System.Text;
using Klanten.Functions.Migration;
using Klanten.Tests.Support;

namespace Klanten.Tests.Migration;

/// <summary>Reading a file of klanten, one on each line.</summary>
public sealed class JsonLinesTests : IDisposable
{
    private const string Klant = """{"uuid":"6c1f2f1e-6d3c-4c5e-8f1a-0d5f2d1c9b7a","klantnummer":"A-1"}""";

    private readonly TempFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{0}\n")]
    [InlineData("{0}")]
    [InlineData("{0}\r\n\r\n")]
    [InlineData("\n  \n{0}\n\n")]
    [InlineData("\uFEFF{0}\n")]
    public async Task A_klant_is_read_whatever_ends_its_line(string text)
    {
        var klant = Assert.Single(await ReadAsync(text.Replace("{0}", Klant, StringComparison.Ordinal)));
        Assert.Null(klant.Error);
        Assert.Equal("6c1f2f1e-6d3c-4c5e-8f1a-0d5f2d1c9b7a", klant.Id.ToString());
    }

    [Theory]
    [InlineData("geen json", "geen-json")]
    [InlineData("{", "geen-json")]
    [InlineData("{\"uuid\":\"\xFF\"}", "geen-json")]
    [InlineData("[]", "invalid")]
    [InlineData("null", "invalid")]
    [InlineData("{}", "geen-uuid")]
    [InlineData("{\"uuid\":12}", "geen-uuid")]
    [InlineData("{\"url\":\"https://example.com/klanten/\"}", "geen-uuid")]
    [InlineData("{\"uuid\":\"6c1f2f1e-6d3c-4c5e-8f1a-0d5f2d1c9b7a\",\"voornaam\":\"\\ud800\"}", "invalid")]
    [InlineData("{\"\\ud800\":1,\"uuid\":\"6c1f2f1e-6d3c-4c5e-8f1a-0d5f2d1c9b7a\"}", "invalid")]
    public async Task A_line_that_is_no_klant_is_told_and_the_next_is_read(string line, string code)
    {
        var bytes = Encoding.Latin1.GetBytes($"{line}\n{Klant}\n");
        await File.WriteAllBytesAsync(folder["klanten.jsonl"], bytes, Cancellation);
        var klanten = await ReadFileAsync("klanten.jsonl");
        Assert.Equal((code, "regel 1"), (klanten[0].Error!.Code, klanten[0].Place));
        Assert.Null(klanten[1].Error);
    }

    [Fact]
    public async Task A_url_gives_the_uuid_too()
    {
        var klant = Assert.Single(await ReadAsync("""{"url":"https://example.com/api/v1/klanten/6c1f2f1e-6d3c-4c5e-8f1a-0d5f2d1c9b7a"}"""));
        Assert.Equal("6c1f2f1e-6d3c-4c5e-8f1a-0d5f2d1c9b7a", klant.Id.ToString());
    }

    [Theory]
    [InlineData(JsonLines.MaxLineBytes, "geen-json")]
    [InlineData(JsonLines.MaxLineBytes + 1, "max_length")]
    [InlineData((3 * JsonLines.MaxLineBytes) + 1, "max_length")]
    public async Task A_line_that_is_too_long_is_passed_over(int length, string code)
    {
        var klanten = await ReadAsync($"{Klant}\n{new string('x', length)}\n{Klant}");
        Assert.Equal([null, code, null], klanten.Select(klant => klant.Error?.Code));
    }

    [Fact]
    public async Task Reading_goes_on_at_a_position_that_was_given_before()
    {
        await File.WriteAllTextAsync(
            folder["klanten.jsonl"], string.Join('\n', Enumerable.Repeat(Klant, 1200)), Cancellation);
        var source = new FileSource(folder["klanten.jsonl"]);
        var parts = await source.ReadAsync(0, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(1200, parts.Sum(part => part.Klanten.Count));
        Assert.Equal(1, parts[^1].Fraction);
        var rest = await source.ReadAsync(parts[0].Position, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(
            parts.Skip(1).SelectMany(part => part.Klanten).Select(klant => klant.Place),
            rest.SelectMany(part => part.Klanten).Select(klant => klant.Place));
    }

    [Fact]
    public async Task A_name_that_ends_in_gz_is_compressed()
    {
        await using (var file = File.Create(folder["klanten.jsonl.gz"]))
        await using (var zip = new GZipStream(file, CompressionLevel.Fastest))
        {
            await zip.WriteAsync(Encoding.UTF8.GetBytes($"{Klant}\n"), Cancellation);
        }
        Assert.Null(Assert.Single(await ReadFileAsync("klanten.jsonl.gz")).Error);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() => Assert.Throws<MigrationException>(() => new FileSource(folder["weg.jsonl"]));

    private async Task<List<SourceKlant>> ReadAsync(string text)
    {
        await File.WriteAllTextAsync(folder["klanten.jsonl"], text, Cancellation);
        return await ReadFileAsync("klanten.jsonl");
    }

    private async Task<List<SourceKlant>> ReadFileAsync(string name) =>
        [.. (await new FileSource(folder[name]).ReadAsync(0, Cancellation).ToListAsync(Cancellation)).SelectMany(part => part.Klanten)];
}
