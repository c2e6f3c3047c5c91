using Klanten.Functions.Autorisaties;
using Klanten.Tests.Support;
using Microsoft.Extensions.Options;

namespace Klanten.Tests.Autorisaties;

/// <summary>The token that the program checks at its start is a good one, so that all of the check is loaded, and leaves nothing.</summary>
public sealed class TokenWarmupTests
{
    [Theory]
    [InlineData("portaal")]
    [InlineData("een \"portaal\" van Enschedé")]
    public async Task The_token_passes_for_every_name_of_a_client(string clientId)
    {
        var applications = Configured(clientId);
        var token = TokenWarmup.Token(clientId, applications.FindKey(clientId)!.Key);
        var (principal, refusal) = await Checker(applications).VerifyAsync($"Bearer {token}");
        Assert.Null(refusal);
        Assert.Equal(clientId, principal!.ClientId);
    }

    [Fact]
    public async Task No_token_is_remembered()
    {
        var applications = Configured("portaal");
        var checker = Checker(applications);
        await RunAsync(new(applications, checker));
        Assert.Equal(0, checker.VerifiedTokens);
    }

    [Fact]
    public async Task A_program_without_applications_starts()
    {
        var applications = new ConfiguredApplications(Options.Create(new ApplicationsOptions()));
        await RunAsync(new(applications, Checker(applications)));
    }

    private static async Task RunAsync(TokenWarmup warmup)
    {
        await warmup.StartAsync(TestContext.Current.CancellationToken);
        await warmup.ExecuteTask!;
    }

    private static ConfiguredApplications Configured(string clientId) => new(Options.Create(new ApplicationsOptions
    {
        Applicaties = { new() { ClientIds = { clientId }, Secret = Applications.Alles.Secret } },
    }));

    private static TokenChecker Checker(ConfiguredApplications applications) =>
        new(applications, Options.Create(new TokenOptions()), TimeProvider.System);
}
