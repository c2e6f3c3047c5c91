// The ceiling: Kestrel and nothing else. It sends one recorded answer to every request, with the same bytes and headers as the
// program sent. The difference between the two is the cost of the program itself.
//
// usage: Klanten.Ceiling URL ANSWER          (ANSWER.headers and ANSWER.body, as curl -D and -o write them)

var (url, answer) = (args[0], args[1]);
var body = await File.ReadAllBytesAsync(answer + ".body");
var headers = (await File.ReadAllLinesAsync(answer + ".headers"))
    .Select(line => line.Split(": ", 2))
    .Where(parts => parts is [not ("Date" or "Content-Length" or "Content-Type" or "Transfer-Encoding"), _])
    .Select(parts => (Name: parts[0], Value: parts[1]))
    .ToArray();

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
var app = builder.Build();
app.Run(http =>
{
    foreach (var (name, value) in headers)
    {
        http.Response.Headers[name] = value;
    }
    http.Response.ContentType = "application/json";
    http.Response.ContentLength = body.Length;
    return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
});
await app.RunAsync();
