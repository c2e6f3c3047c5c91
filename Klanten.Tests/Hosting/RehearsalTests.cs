using Klanten.Functions.Autorisaties;
using Klanten.Functions.Hosts;
using Klanten.Functions.Storage.Sqlite;
using Microsoft.Extensions.Configuration;

namespace Klanten.Tests.Hosting;

/// <summary>What a start rehearses is what a request does: a rehearsal that fails would load too little, and say nothing.</summary>
public sealed class RehearsalTests
{
    [Fact]
    public async Task The_token_passes() => Assert.True(await TokenRehearsal.RunAsync());

    [Fact]
    public void The_database_is_asked_for_a_list() => Assert.Equal(0, SqliteRehearsal.Run());

    [Theory]
    [InlineData(null)]
    [InlineData("Sqlite")]
    [InlineData("COSMOS")]
    public Task Each_store_has_one(string? opslag) => Rehearsal.BeginAsync(
        new ConfigurationBuilder().AddInMemoryCollection([new("Klanten:Opslag", opslag)]).Build());
}
