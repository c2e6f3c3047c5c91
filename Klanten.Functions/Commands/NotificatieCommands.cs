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
    private const int DefaultLines = 100;
    private const int MaxLines = 100_000;

    public static Command RegisterKanaal(CommandLanguage language) =>
        new DocumentedCommand("kanaal-registreren", Texts.RegisterKanaal, "", language).Runs((_, console, cancellationToken) =>
            CommandServices.UseAsync(console, async services =>
            {
                if (services.GetService<NotificatiesClient>() is not { } client)
                {
                    return console.Fail(Texts.NoNotificaties);
                }
                var urls = services.GetRequiredService<PublicAddress>().First ?? new($"http://127.0.0.1:{KestrelHost.DefaultPort}");
                var status = await client.RegisterKanaalAsync(urls.Schema, cancellationToken);
                if (status is not (HttpStatusCode.Created or HttpStatusCode.OK))
                {
                    return status is { } other
                        ? console.Fail(Texts.NotificatiesAnswered, (int)other)
                        : console.Fail(Texts.NotificatiesSilent);
                }
                var isNew = status == HttpStatusCode.Created;
                console.Say(isNew ? Texts.KanaalRegistered : Texts.KanaalPresent, NotificatiesClient.Kanaal);
                console.Answer(new() { ["kanaal"] = NotificatiesClient.Kanaal, ["nieuw"] = isNew });
                return ExitCode.Success;
            }));

    public static Command Resume(CommandLanguage language) =>
        new DocumentedCommand("notificaties-hervatten", Texts.Resume, "", language).Runs((_, console, cancellationToken) =>
            CommandServices.UseAsync(console, async services =>
            {
                var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
                var (parked, waiting) = await services.GetRequiredService<IOutbox>().ResumeAsync(now, cancellationToken);
                console.Say(Texts.ResumedParked, parked);
                if (waiting > 0)
                {
                    console.Say(Texts.ResumedWaiting, waiting);
                }
                console.Answer(new() { ["geparkeerd"] = parked, ["wachtend"] = waiting });
                return ExitCode.Success;
            }));

    public static Command List(CommandLanguage language)
    {
        var command = new DocumentedCommand("notificaties", Texts.Notificaties, "--aantal 20", language);
        var count = command.AddNumber("--aantal", Texts.NotificatiesCount, 1, MaxLines, DefaultLines);
        return command.Runs((result, console, cancellationToken) => CommandServices.UseAsync(console, async services =>
        {
            var overview = services.GetRequiredService<IOutboxOverview>();
            var (status, oldest) = await overview.ReadAsync(result.GetValue(count), cancellationToken);
            var table = new OutboxTable(status, oldest, services.GetRequiredService<TimeProvider>().GetUtcNow());
            table.Print(console);
            console.Answer(table.ToJson());
            return ExitCode.Success;
        }));
    }
}
