using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Klanten.Core.Model;

namespace Klanten.Functions.Http;

/// <summary>Sends a <see cref="Problem"/>.</summary>
/// <param name="problem">The problem.</param>
/// <param name="urls">The addresses of this API for the consumer; <c>type</c> is one of them.</param>
internal sealed class ProblemAnswer(Problem problem, PublicUrls urls) : IResult
{
    /// <summary>Identifies this answer, in its <c>instance</c>.</summary>
    public Guid Instance { get; init; } = Guid.NewGuid();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } retryAfter)
        {
            response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
        if (problem.ClosesConnection)
        {
            response.Headers.Connection = "close";
        }
        if (httpContext.Request.Method == HttpMethods.Head)
        {
            // As the reference does: without a body there is no problem+json to declare.
            response.ContentType = MediaTypes.Json;
            return;
        }
        var body = Write(problem, Instance, urls.Root);
        response.ContentType = MediaTypes.Problem;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    private static ReadOnlyMemory<byte> Write(Problem problem, Guid instance, string root)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, KlantJson.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("type"u8, $"{root}/ref/fouten/{problem.Type}/");
        writer.WriteString("code"u8, problem.Code);
        writer.WriteString("title"u8, problem.Title);
        writer.WriteNumber("status"u8, problem.Status);
        writer.WriteString("detail"u8, problem.Detail);
        writer.WriteString("instance"u8, $"urn:uuid:{instance}");
        if (problem.InvalidParams is { } errors)
        {
            writer.WriteStartArray("invalidParams"u8);
            foreach (var error in errors)
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, error.Name);
                writer.WriteString("code"u8, error.Code);
                writer.WriteString("reason"u8, error.Reason);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
