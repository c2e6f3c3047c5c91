namespace Klanten.Functions.Http;

/// <summary>Lets a request that writes in when there is room for it, and answers it at once with 429 when there is none.</summary>
internal sealed class WriteGate(RequestDelegate next, WriteRoom room, PublicAddress address)
{
    public Task InvokeAsync(HttpContext http) => IsRead(http.Request.Method) ? next(http) : EnterAsync(http);

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private async Task EnterAsync(HttpContext http)
    {
        using var guest = room.TryEnter();
        // The others take their place in RequestBody.
        var hasRoom = guest is not null && (!HttpMethods.IsDelete(http.Request.Method) || guest.TryTakePlace());
        if (!hasRoom)
        {
            await new ProblemAnswer(Problem.Overloaded, address.UrlsOf(http.Request)).ExecuteAsync(http);
            return;
        }
        http.Features.Set(guest);
        await next(http);
    }
}
