using System.CommandLine;
using System.Net;
using Klanten.Core.Ports;
using Klanten.Functions.Hosts;
using Klanten.Functions.Http;
using Klanten.Functions.Notificaties;

namespace Klanten.Functions.Commands;

/// <summary><c>kanaal-registreren</c>, <c>notificaties</c> and <c>notificaties-hervatten</c>.</summary>
internal static class NotificatieCommands
{
    private const int MaxLines = 100_000;

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
            var urls = services.GetRequiredService<PublicAddress>().First ?? new($"http://127.0.0.1:{KestrelHost.DefaultPort}");
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
        var command = new Command(
            "notificaties-hervatten", "Let parked notifications be delivered again, and make waiting ones due at once.");
        command.SetAction((result, cancellationToken) => CommandServices.UseAsync(async services =>
        {
            var output = result.InvocationConfiguration.Output;
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var (parked, waiting) = await services.GetRequiredService<IOutbox>().ResumeAsync(now, cancellationToken);
            await output.WriteLineAsync($"{parked} notifications will be delivered again.");
            if (waiting > 0)
            {
                await output.WriteLineAsync($"{waiting} notifications that waited for their next attempt are due now.");
            }
            return 0;
        }));
        return command;
    }

    public static Command List()
    {
        var count = new Option<int>("--aantal") { Description = "How many notifications to print.", DefaultValueFactory = _ => 100 };
        count.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, out var value) && value is >= 1 and <= MaxLines))
            {
                result.AddError($"--aantal must be a number from 1 to {MaxLines}.");
            }
        });
        var command = new Command("notificaties", "Print the oldest notifications in the outbox, also while the program serves.") { count };
        command.SetAction((result, cancellationToken) => CommandServices.UseAsync(async services =>
        {
            var overview = services.GetRequiredService<IOutboxOverview>();
            var (status, oldest) = await overview.ReadAsync(result.GetValue(count), cancellationToken);
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            await result.InvocationConfiguration.Output.WriteAsync(OutboxTable.Write(status, oldest, now));
            return 0;
        }));
        return command;
    }
}
