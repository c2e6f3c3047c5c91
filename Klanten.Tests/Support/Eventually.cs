namespace Klanten.Tests.Support;

/// <summary>Waits for what will happen at some moment, and fails when it does not.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        for (var end = DateTime.UtcNow + Patience; !await condition(); await Task.Delay(Look, TestContext.Current.CancellationToken))
            Assert.True(DateTime.UtcNow < end, $"It did not come about within {Patience.TotalSeconds} s that {what}.");
    }
}
