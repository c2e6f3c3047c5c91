namespace Klanten.Tests.Support;

/// <summary>Waits for what will happen at some moment, and fails when it does not.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    /// <param name="condition">What will be true.</param>
    /// <param name="what">The same in words, for when it does not come about.</param>
    /// <param name="patience">How long it may take; 30 seconds by default.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? patience = null)
    {
        var limit = patience ?? Patience;
        for (var end = DateTime.UtcNow + limit; !await condition(); await Task.Delay(Look, TestContext.Current.CancellationToken))
            Assert.True(DateTime.UtcNow < end, $"It did not come about within {limit.TotalSeconds} s that {what}.");
    }
}
