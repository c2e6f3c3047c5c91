using Klanten.Tests.Support;

namespace Klanten.Tests.Http;

/// <summary>A parameter that no list has is counted, whether it is ignored or refused.</summary>
public sealed class ListParametersTests
{
    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task A_list_that_is_asked_with_an_unknown_parameter_is_counted_once(string strict)
    {
        await using var program = await KlantenHost.StartAsync(
            new Dictionary<string, string?> { ["Klanten:StrikteFilters"] = strict });
        using var unknown = new CountedMetrics(program.Services, "klanten.filters.unknown");
        foreach (var query in new[] { "achternaam=x&page=1", "achternam=x&foo=1", "Page=1", "" })
            (await program.Client.SendAsync("GET", $"klanten?{query}")).Dispose();
        Assert.Equal(2, unknown[""]);
    }
}
