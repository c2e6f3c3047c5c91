using Klanten.Functions.Commands;
using Klanten.Tests.Support;

namespace Klanten.Tests.Infra;

public sealed class CosmosContainerTests
{
    /// <remarks>When it fails: <c>dotnet run --project Klanten.Functions -- cosmos-container > infra/cosmos-container.json</c>.</remarks>
    [Fact]
    public void The_container_of_infra_is_the_one_that_the_program_expects() =>
        Assert.Equal(CosmosContainerCommand.Json() + "\n", File.ReadAllText(Repository.PathOf("infra", "cosmos-container.json")));
}
