using Klanten.Core.UseCases;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Functions;
using Klanten.Functions.Hosting;
using Klanten.Functions.Http;
using Klanten.Functions.Storage;
using Klanten.Functions.Subjecten;

var builder = WebApplication.CreateSlimBuilder(args);
builder.UseServer();
builder.UsePrivateLogging();
builder.AddDemo();

var services = builder.Services;
services.AddOptions<PublicUrlOptions>().BindConfiguration("Klanten").ValidateDataAnnotations().ValidateOnStart();
services.AddSingleton(TimeProvider.System);
services.AddStorage();
services.AddAutorisaties();
services.AddSubjecten();
services.AddSingleton<CreateKlant>().AddSingleton<UpdateKlant>().AddSingleton<DeleteKlant>();
services.AddOperations();

var app = builder.Build();
if (await Commands.RunAsync(app, args) is { } exitCode) return exitCode;

app.UseMiddleware<ErrorBoundary>();
app.UseRouting();
app.UseMiddleware<RequestGate>();
app.MapOperations();
app.AnnounceDemo();

await app.RunAsync();
return 0;
