using Klanten.Tests.Support;

namespace Klanten.Tests.Docs;

/// <summary>klanten.http does what it says.</summary>
public sealed class HttpFileTests
{
    [Fact]
    public async Task Each_request_of_the_file_has_the_answer_that_its_title_tells_of()
    {
        await using var host = await KlantenHost.StartAsync();
        using var client = new HttpClient();
        var variables = new Dictionary<string, string> { ["host"] = host.Root, ["token"] = Token.Of(Applications.Super).ToString() };
        var text = await File.ReadAllTextAsync(Repository.PathOf("klanten.http"), TestContext.Current.CancellationToken);

        var answers = new List<(string Title, int Status)>();
        await foreach (var (title, answer) in new HttpFile(text, variables).RunAsync(client)) answers.Add((title, (int)answer.StatusCode));

        Assert.Equal(
            [
                ("Is it ready?", 200),
                ("Create a klant. Without a klantnummer it gets one.", 201),
                ("Read it", 200),
                ("Find it by its BSN, within its bronorganisatie", 200),
                ("Change an address, unless another consumer changed the klant meanwhile", 200),
                ("What happened to it", 200),
                ("What a mistake looks like", 400),
                ("Delete it, with its audit trail", 204),
            ],
            answers);
    }
}
