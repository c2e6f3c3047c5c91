using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Klanten.Functions.ExternalApis;

namespace Klanten.Functions.Migration;

/// <summary>
/// The klanten of another Klanten API 1.0, page by page. The next page is read while this one is taken over. Positions are pages.
/// </summary>
/// <param name="http">Has a timeout and a limit on the size of an answer, follows no redirects and logs nothing.</param>
/// <param name="baseUrl">The base of that API, such as https://open-klant.gemeente.nl/klanten/api/v1.</param>
/// <param name="token">Signs the requests.</param>
/// <param name="backoff">How long to wait before each next attempt of a request.</param>
/// <param name="clock">Measures these waits.</param>
internal sealed class ApiSource(HttpClient http, Uri baseUrl, OutgoingToken token, IReadOnlyList<TimeSpan> backoff, TimeProvider clock)
    : IImportSource
{
    private const string Argument = "--bron";

    /// <summary>Beyond it a wait that the source asks for is cut: an operator looks on.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(5);

    /// <summary>Two minutes in all: longer than the restart of a server takes.</summary>
    public static readonly IReadOnlyList<TimeSpan> Backoff = [.. new[] { 1, 2, 4, 8, 16, 30, 60 }.Select(s => TimeSpan.FromSeconds(s))];

    private readonly Uri list = new(baseUrl.AbsoluteUri.TrimEnd('/') + "/klanten");

    public string Identity => list.AbsoluteUri;

    public string Name => list.AbsoluteUri;

    public async IAsyncEnumerable<ImportPart> ReadAsync(long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var next = ReadPageAsync(position + 1, stop.Token);
        try
        {
            while (await next is { } page)
            {
                next = page.HasNext ? ReadPageAsync(page.Number + 1, stop.Token) : Task.FromResult<Page?>(null);
                yield return page.ToPart();
            }
        }
        finally
        {
            // The caller may have stopped halfway; the page that is being read is not used then.
            await stop.CancelAsync();
            await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <returns>Null when the list has become shorter than this page.</returns>
    private async Task<Page?> ReadPageAsync(long number, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (page, failure, retryAfter) = await TryReadPageAsync(number, cancellationToken);
            if (failure is null)
            {
                return page;
            }
            if (retryAfter is null || attempt >= backoff.Count)
            {
                throw new MigrationException(MigrationTexts.UnreadablePage.With(number, failure.Description, failure.Advice));
            }
            var asked = retryAfter < MaxRetryAfter ? retryAfter.Value : MaxRetryAfter;
            await Task.Delay(asked > backoff[attempt] ? asked : backoff[attempt], clock, cancellationToken);
        }
    }

    /// <returns>The page; or a failure, and how long to wait at least when it may be over then.</returns>
    private async Task<(Page? Page, CallResult? Failure, TimeSpan? RetryAfter)> TryReadPageAsync(
        long number, CancellationToken cancellationToken)
    {
        try
        {
            var query = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"?page={number}");
            using var request = new HttpRequestMessage(HttpMethod.Get, list + query);
            request.Headers.Authorization = token.CreateHeader();
            request.Headers.Accept.Add(new("application/json"));
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.NotFound && number > 1)
            {
                return (null, null, null);
            }
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return (null, Refused(answer.StatusCode), RetryAfter(answer));
            }
            return Page.Read(number, await answer.Content.ReadAsByteArrayAsync(cancellationToken)) is { } page
                ? (page, null, null)
                : (null, new("unreadable", MigrationTexts.NoPage, MigrationTexts.CheckSource), null);
        }
        catch (HttpRequestException exception)
        {
            var mayRecover = exception.HttpRequestError
                is not (HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.SecureConnectionError);
            return (null, CallResult.Failed(exception, Argument), mayRecover ? TimeSpan.Zero : null);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, CallResult.Failed(exception, Argument), TimeSpan.Zero);
        }
    }

    private static CallResult Refused(HttpStatusCode status)
    {
        Sentence advice = (int)status switch
        {
            >= 300 and < 400 => MigrationTexts.CheckRedirect,
            401 or 403 => MigrationTexts.CheckClient,
            404 or 405 or 410 => MigrationTexts.CheckSource,
            _ => CallTexts.SeeItsLog,
        };
        return CallResult.Success(status) with { Advice = advice };
    }

    /// <returns>Null when another attempt has no sense.</returns>
    private TimeSpan? RetryAfter(HttpResponseMessage answer)
    {
        if (answer.StatusCode
            is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
        {
            return null;
        }
        return answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > clock.GetUtcNow() => date - clock.GetUtcNow(),
            _ => TimeSpan.Zero,
        };
    }

    private sealed record Page(long Number, long Count, bool HasNext, IReadOnlyList<SourceKlant> Klanten)
    {
        /// <returns>Null for JSON that is no page of a list.</returns>
        public static Page? Read(long number, byte[] body)
        {
            if (SourceJson.Parse(body) is not { } json
                || json.ValueKind != JsonValueKind.Object
                || !json.TryGetProperty("results"u8, out var results) || results.ValueKind != JsonValueKind.Array
                || !json.TryGetProperty("count"u8, out var told) || told.ValueKind != JsonValueKind.Number
                || !told.TryGetInt64(out var count)
                || !json.TryGetProperty("next"u8, out var next))
            {
                return null;
            }
            var place = string.Create(CultureInfo.InvariantCulture, $"pagina {number}");
            return new(
                number,
                count,
                next.ValueKind == JsonValueKind.String,
                [.. results.EnumerateArray().Select(klant => SourceKlant.Read(place, klant))]);
        }

        public ImportPart ToPart() => new(Klanten, Number, HasNext ? Math.Min(1.0, Number * (double)Klanten.Count / Count) : 1, Count);
    }
}
