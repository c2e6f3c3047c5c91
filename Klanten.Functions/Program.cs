using Klanten.Core.UseCases;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Functions;
using Klanten.Functions.Hosting;
using Klanten.Functions.Http;
using Klanten.Functions.Notificaties;
using Klanten.Functions.OpenApi;
using Klanten.Functions.Storage;
using Klanten.Functions.Subjecten;
using Klanten.Functions.Telemetry;

var builder = WebApplication.CreateSlimBuilder(args);
builder.UseServer();
builder.UsePrivateLogging();
builder.AddDemo();
builder.AddBrowserOrigins();

var services = builder.Services;
services.AddOptions<PublicUrlOptions>().BindConfiguration("Klanten").ValidateDataAnnotations().ValidateOnStart();
services.AddSingleton(TimeProvider.System).AddSingleton<PublicAddress>();
builder.AddTelemetry();
services.AddHealth();
services.AddStorage();
services.AddAutorisaties();
services.AddSubjecten();
builder.AddNotificaties();
services.AddSingleton<CreateKlant>().AddSingleton<UpdateKlant>().AddSingleton<DeleteKlant>();
services.AddOperations();
services.AddOpenApiSchema();

var app = builder.Build();
if (!app.HasSoundConfiguration()) return 1;
app.UseForwardedAddress();
app.UseMiddleware<ErrorBoundary>();
app.UseRouting();
app.UseBrowserOrigins();
app.UseMiddleware<RequestGate>();
app.MapOperations();
app.MapHealth();
app.MapTimerCalls();
app.MapOpenApiSchema();
app.MapHostAliases();
if (await Commands.RunAsync(app, args) is { } exitCode) return exitCode;

app.AnnounceDemo();
await app.RunAsync();
return Environment.ExitCode;
