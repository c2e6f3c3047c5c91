using System.Net;
using System.Net.Mime;
using Klanten.Functions.ExternalApis;

namespace Klanten.Functions.Autorisaties;

/// <summary>Result of a look-up of an application.</summary>
/// <param name="Answered">False when the API was unreachable or its answer could not be read.</param>
/// <param name="Applicatie">Null when no application has the client_id.</param>
internal readonly record struct ApplicationLookup(bool Answered, Applicatie? Applicatie);

/// <summary>Client of the Autorisaties API (VNG) for its one call that is needed here: the application of a client_id.</summary>
/// <param name="client">Sends the requests; has the base address and the timeout.</param>
/// <param name="token">The token of this program there.</param>
/// <param name="section">The section of the configuration that names the API.</param>
/// <param name="states">Receives what became of each call.</param>
internal sealed class AutorisatiesClient(HttpClient client, OutgoingToken token, string section, ExternalApiStates states)
{
    /// <summary>The API in metrics and health.</summary>
    public const string Tag = "autorisaties";

    private readonly ExternalApiState state = states.Get(Tag, "The Autorisaties API");

    public async Task<ApplicationLookup> FindAsync(string clientId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"applicaties?clientIds={Uri.EscapeDataString(clientId)}");
        request.Headers.Authorization = token.CreateHeader();
        request.Headers.Accept.Add(new(MediaTypeNames.Application.Json));
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                state.Report(CallResult.Refused(response.StatusCode, section));
                return default;
            }
            var answer = ApplicationAnswer.Read(await response.Content.ReadAsByteArrayAsync(cancellationToken), clientId);
            if (answer.Skipped > 0)
            {
                state.ReportSkipped(answer.Skipped);
            }
            state.Report(answer.IsReadable ? CallResult.Success(response.StatusCode) : CallResult.Unreadable(response.StatusCode, section));
            return new(answer.IsReadable, answer.Applicatie);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Unreachable, no HTTP, no JSON, or the timeout of the client has passed.
            state.Report(CallResult.Failed(exception, section));
            return default;
        }
    }
}
