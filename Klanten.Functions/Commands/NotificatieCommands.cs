using System.CommandLine;
using System.Net;
using Klanten.Core.Ports;
using Klanten.Functions.Hosts;
using Klanten.Functions.Http;
using Klanten.Functions.Notificaties;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Commands;

/// <summary><c>kanaal-registreren</c> and <c>notificaties-hervatten</c>.</summary>
internal static class NotificatieCommands
{
    public static Command RegisterKanaal()
    {
        var command = new Command("kanaal-registreren", $"Register kanaal '{NotificatiesClient.Kanaal}' at the Notificaties API.");
        command.SetAction((result, cancellationToken) => CommandServices.UseAsync(async services =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            if (services.GetService<NotificatiesClient>() is not { } client)
            {
                await error.WriteLineAsync("No Notificaties API in the configuration (Klanten:Notificaties:Url).");
                return 1;
            }
            var configured = services.GetRequiredService<IOptions<PublicUrlOptions>>().Value.PubliekeUrl;
            var urls = PublicUrls.Parse(configured ?? $"http://127.0.0.1:{KestrelHost.DefaultPort}");
            var status = await client.RegisterKanaalAsync(urls.Schema, cancellationToken);
            switch (status)
            {
                case HttpStatusCode.Created:
                    await output.WriteLineAsync($"Kanaal '{NotificatiesClient.Kanaal}' is registered.");
                    return 0;
                case HttpStatusCode.OK:
                    await output.WriteLineAsync($"Kanaal '{NotificatiesClient.Kanaal}' was registered already.");
                    return 0;
                case { } other:
                    await error.WriteLineAsync($"The Notificaties API answered {(int)other}.");
                    return 1;
                case null:
                    await error.WriteLineAsync("The Notificaties API did not answer.");
                    return 1;
            }
        }));
        return command;
    }

    public static Command Resume()
    {
        var command = new Command("notificaties-hervatten", "Let parked notifications be delivered again.");
        command.SetAction((result, cancellationToken) => CommandServices.UseAsync(async services =>
        {
            var resumed = await services.GetRequiredService<IOutbox>().ResumeAsync(cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync($"{resumed} notifications will be delivered again.");
            return 0;
        }));
        return command;
    }
}
