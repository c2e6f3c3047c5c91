using System.Net;
using Klanten.Functions.Commands;
using Klanten.Tests.Support;

namespace Klanten.Tests.Autorisaties;

/// <summary>The token that the command <c>token</c> prints.</summary>
public sealed class TokenCommandTests
{
    [Fact]
    public async Task The_API_accepts_a_token_of_the_command()
    {
        await using var program = await KlantenHost.StartAsync();
        var token = TokenCommand.Token(Applications.Super.ClientId, Applications.Super.Secret, DateTimeOffset.UtcNow);
        program.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var response = await program.Client.SendAsync("GET", "klanten");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
