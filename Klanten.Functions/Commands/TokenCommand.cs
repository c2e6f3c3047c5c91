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

    public static Command Create()
    {
        var client = new Option<string>("--client") { Description = "client_id of an application in the configuration.", Required = true };
        var command = new Command("token", "Print a fresh token for an application.") { client };
        command.SetAction((result, _) => CommandServices.UseAsync(services =>
        {
            var clientId = result.GetRequiredValue(client);
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            var applications = services.GetRequiredService<IOptions<ApplicationsOptions>>().Value.Applicaties;
            if (applications.FirstOrDefault(a => a.ClientIds.Contains(clientId)) is not { } application)
            {
                error.WriteLine($"No application with client_id '{clientId}' in the configuration (Klanten:Applicaties).");
                return Task.FromResult(1);
            }
            output.WriteLine(Token(clientId, application.Secret, services.GetRequiredService<TimeProvider>().GetUtcNow()));
            return Task.FromResult(0);
        }));
        return command;
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
