using System.CommandLine;
using System.Text;
using Klanten.Functions.Autorisaties;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Klanten.Functions.Commands;

/// <summary><c>token --client X</c>: prints a fresh token for an application of the configuration.</summary>
internal static class TokenCommand
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public static Command Create(CommandLanguage language)
    {
        var command = new DocumentedCommand("token", Texts.Token, "--client demo", language);
        var client = command.AddText("--client", Texts.TokenClient, isRequired: true);
        return command.Runs((result, console, _) => CommandServices.UseAsync(console, services =>
        {
            var clientId = result.GetRequiredValue(client);
            var applications = services.GetRequiredService<IOptions<ApplicationsOptions>>().Value.Applicaties;
            if (applications.FirstOrDefault(a => a.ClientIds.Contains(clientId)) is not { } application)
            {
                return Task.FromResult(console.Fail(Texts.TokenNoApplication, clientId));
            }
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var token = Token(clientId, application.Secret, now);
            console.Say(token);
            console.Answer(new() { ["token"] = token, ["verlooptOp"] = now + Lifetime });
            return Task.FromResult(ExitCode.Success);
        }));
    }

    /// <summary>A token like those of the consumers: HS256, with the claims iss, iat, exp, client_id and those of the user.</summary>
    public static string Token(string clientId, string secret, DateTimeOffset now)
    {
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = clientId,
            IssuedAt = now.UtcDateTime,
            Expires = now.UtcDateTime + Lifetime,
            Claims = new Dictionary<string, object>
            {
                ["client_id"] = clientId,
                ["user_id"] = Environment.UserName,
                ["user_representation"] = Environment.UserName,
            },
            SigningCredentials = new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)), SecurityAlgorithms.HmacSha256),
        });
    }
}
