using System.Diagnostics.Metrics;
using System.IO.Compression;
using Klanten.Functions.Telemetry;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.Telemetry;

/// <summary>What the program exports to a collector. In a process of its own, since meters and traces are shared within one.</summary>
public sealed class ExportTests(ExportTests.Exporting exporting) : IClassFixture<ExportTests.Exporting>
{
    private readonly TelemetryReceiver receiver = exporting.Receiver;
    private readonly HttpClient client = exporting.Client;

    [Fact]
    public async Task A_request_is_a_trace_by_its_route()
    {
        await client.SendAsync("GET", $"klanten/{Guid.NewGuid()}");
        await Eventually.TrueAsync(
            () => receiver.Traces("GET /api/v1/klanten/{uuid}") && receiver.Traces("http.response.status_code"), "the trace arrives");
    }

    [Fact]
    public async Task The_program_names_itself()
    {
        await client.SendAsync("GET", "klanten");
        await Eventually.TrueAsync(
            () => receiver.Traces("service.name\u0012\t\n\aklanten"), "the trace arrives under the name of the program");
    }

    [Fact]
    public async Task The_environment_may_give_it_another_name()
    {
        using var folder = new TempFolder();
        await using var program = await KlantenProgram.StartAsync(
            folder.Path, new Dictionary<string, string?>(receiver.Settings) { ["OTEL_SERVICE_NAME"] = "klanten-acceptatie" });
        using var other = ApiClient.Create(program.Root);
        await other.SendAsync("GET", "klanten");
        await Eventually.TrueAsync(() => receiver.Traces("klanten-acceptatie"), "the trace arrives under that name");
    }

    [Fact]
    public async Task Requests_are_measured()
    {
        await client.SendAsync("GET", "klanten");
        await Eventually.TrueAsync(
            () => receiver.Metrics("http.server.request.duration") && receiver.Metrics("/api/v1/klanten"), "the measure arrives");
    }

    [Fact]
    public async Task Rejected_tokens_are_counted_by_code()
    {
        using var stranger = new HttpClient
        {
            BaseAddress = client.BaseAddress,
            DefaultRequestHeaders = { Authorization = new("Bearer", "x") },
        };
        await stranger.SendAsync("GET", "klanten");
        await Eventually.TrueAsync(
            () => receiver.Metrics("klanten.tokens.rejected") && receiver.Metrics("jwt-decode-error"), "the count arrives");
    }

    [Fact]
    public async Task Subject_lookups_are_counted_by_outcome()
    {
        await client.SendAsync("POST", "klanten", Bodies.NumberedKlant(exporting.Register.Root));
        await client.SendAsync("POST", "klanten", Bodies.NumberedKlant("http://10.0.0.1/"));
        await Eventually.TrueAsync(
            () => receiver.Metrics("klanten.subject.lookups") && receiver.Metrics("bad-url") && receiver.Metrics("ok"),
            "both counts arrive");
    }

    [Theory]
    [InlineData("klanten.outbox.depth")]
    [InlineData("klanten.outbox.age")]
    [InlineData("klanten.outbox.parked")]
    public Task The_outbox_is_measured(string gauge) => Eventually.TrueAsync(() => receiver.Metrics(gauge), "the gauge arrives");

    [Fact]
    public async Task Attempts_to_publish_are_counted_by_outcome()
    {
        await client.CreateAsync();
        await Eventually.TrueAsync(() => receiver.Metrics("klanten.notifications") && receiver.Metrics("failed"), "the count arrives");
    }

    [Fact]
    public async Task The_log_is_exported()
    {
        await client.CreateAsync();
        await Eventually.TrueAsync(() => receiver.Logs("The Notificaties API answered 503"), "the warning arrives");
    }

    [Fact]
    public void Request_units_are_counted_by_operation()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton(TimeProvider.System)
            .AddSingleton<KlantenMetrics>().BuildServiceProvider();
        var counted = new List<(double, object?)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "klanten.cosmos.request_units"
                    && instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, units, tags, _) => counted.Add((units, tags[0].Value)));
        listener.Start();
        services.GetRequiredService<KlantenMetrics>().AddRequestUnits("klant_read", 1.5);
        Assert.Equal([(1.5, "klant_read")], counted);
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_set_up_to_export()
    {
        await using var program = await KlantenHost.StartAsync();
        Assert.Null(program.Services.GetService<OpenTelemetry.Trace.TracerProvider>());
    }

    [Fact]
    public async Task Azure_Monitor_gets_it_when_its_connection_string_is_set()
    {
        using var folder = new TempFolder();
        await using var azure = await FakeApi.StartAsync(FakeApi.With(200, """{"itemsReceived": 1, "itemsAccepted": 1, "errors": []}"""));
        await using var program = await KlantenProgram.StartAsync(folder.Path, new Dictionary<string, string?>
        {
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey={Guid.NewGuid()};IngestionEndpoint={azure.Root}/",
            ["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] = "true",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
        });
        using var consumer = ApiClient.Create(program.Root);
        // Again and again: the exporter takes a sample of what there is.
        await Eventually.TrueAsync(async () =>
        {
            await consumer.SendAsync("GET", "klanten?subjectNatuurlijkPersoon__inpBsn=111222333");
            return azure.Received.Any(r => Text(r).Contains("GET /api/v1/klanten", StringComparison.Ordinal));
        }, "the request arrives");
        Assert.DoesNotContain(azure.Received, r => Text(r).Contains("111222333", StringComparison.Ordinal));
    }

    private static string Text(Received request)
    {
        if (request["Content-Encoding"] != "gzip") return request.Text;
        using var reader = new StreamReader(new GZipStream(new MemoryStream(request.Bytes), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    /// <summary>A program that exports, with a Notificaties API that takes nothing and a register.</summary>
    public sealed class Exporting : IAsyncLifetime
    {
        private readonly TempFolder folder = new();
        private FakeApi notificaties = null!;
        private KlantenProgram program = null!;

        internal TelemetryReceiver Receiver { get; private set; } = null!;

        internal FakeApi Register { get; private set; } = null!;

        internal HttpClient Client { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Receiver = await TelemetryReceiver.StartAsync();
            Register = await FakeApi.StartAsync();
            notificaties = await FakeApi.StartAsync(FakeApi.With(503));
            var settings = new[]
            {
                Applications.Settings, Receiver.Settings, NotificatiesApi.SettingsOf(notificaties.Root),
            }.SelectMany(s => s).Append(new("Klanten:Subject:ToegestaneHosts:0", "127.0.0.1"));
            program = await KlantenProgram.StartAsync(folder.Path, settings.ToDictionary());
            Client = ApiClient.Create(program.Root);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await program.DisposeAsync();
            foreach (var fakeApi in new IAsyncDisposable[] { notificaties, Register, Receiver }) await fakeApi.DisposeAsync();
            folder.Dispose();
        }
    }
}
