using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Klanten.Tests.Conformance.Support;

/// <summary>An Autorisaties API that says what a test wants it to say.</summary>
public sealed class AutorisatiesServer : LoopbackServer
{
    public const string ClientId = "klanten-api";
    public const string Secret = "geheim-van-klanten-api-van-minstens-32-tekens";

    /// <summary>What tells the program to ask here.</summary>
    public (string, string)[] Settings =>
        [("Klanten:Autorisaties:Url", $"{Root}/api/v1/"), ("Klanten:Autorisaties:ClientId", ClientId), ("Klanten:Autorisaties:Secret", Secret)];

    /// <summary>The status and the body of every answer from now on.</summary>
    public (int Status, string Body) Says { get; set; } = (200, Page("[]"));

    /// <summary>What was asked, with the header Authorization.</summary>
    public ConcurrentQueue<(string PathAndQuery, string? Authorization)> Questions { get; } = [];

    /// <summary>An answer with an application that has these scopes for a component.</summary>
    public static string Knows(string clientId, string component, string scopes, bool alles = false) => Page($$"""
        [{"url":"http://ac.example/api/v1/applicaties/5f0e0e0e-1111-4222-8333-444444444444","clientIds":["{{clientId}}"],"label":"Uit de AC","heeftAlleAutorisaties":{{(alles ? "true" : "false")}},
          "autorisaties":[{"applicatie":"x","component":"{{component}}","scopes":[{{scopes.Replace('\'', '"')}}]}]}]
        """);

    protected override async Task AnswerAsync(HttpContext http)
    {
        Questions.Enqueue((http.Request.Path + http.Request.QueryString, http.Request.Headers.Authorization));
        http.Response.StatusCode = Says.Status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(Says.Body);
    }

    private static string Page(string results) => $$"""{"count":1,"next":null,"previous":null,"results":{{results}}}""";
}
