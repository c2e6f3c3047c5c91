using Klanten.Functions.Notificaties;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.Notificaties;

/// <summary>The configuration of a Notificaties API.</summary>
internal static class NotificatiesSettings
{
    public const string Secret = "geheim-bij-de-notificaties-api-van-32-tekens";

    public static Dictionary<string, string?> Of(string root) => new()
    {
        ["Klanten:Notificaties:Url"] = $"{root}/api/v1",
        ["Klanten:Notificaties:ClientId"] = "klanten-api",
        ["Klanten:Notificaties:Secret"] = Secret,
    };

    /// <summary>The client as the program makes it, without the program.</summary>
    public static ServiceProvider Services(string root)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(Of(root));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddNotificaties();
        return builder.Services.BuildServiceProvider();
    }
}
