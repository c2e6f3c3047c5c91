using Klanten.Tests.Hosting.FunctionsHost.Protocol;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>The Functions host runs the timer by the clock, so that an app that slept delivers what waits.</summary>
public sealed class OutboxTimerTests(PublishedProgram published)
{
    [Fact]
    public async Task The_timer_delivers_what_waits_in_the_outbox()
    {
        // While the first notification is not answered, the program's own service delivers no other.
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var notificaties = await FakeApi.StartAsync(http => released.Task.WaitAsync(http.RequestAborted));
        await using var hosted = await HostedProgram.StartAsync(published, NotificatiesApi.SettingsOf(notificaties.Root));
        var held = await hosted.Client.CreateAsync();
        await Eventually.TrueAsync(() => Published(held), "the first notification is sent");
        notificaties.Answer = FakeApi.With(201);
        var waiting = await hosted.Client.CreateAsync();
        Assert.False(Published(waiting));

        var invocation = await hosted.Host.TimerAsync("outbox_bezorgen");

        Assert.Equal((StatusResult.Types.Status.Success, true), (invocation.Status, Published(waiting)));
        released.SetResult();

        bool Published(string url) => notificaties.Received.Any(notification => (string?)notification.Json["hoofdObject"] == url);
    }
}
