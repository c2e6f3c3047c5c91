using System.Net;
using Klanten.Functions.Hosts;
using Klanten.Tests.Conformance.Support;
using Microsoft.AspNetCore.Builder;

namespace Klanten.Tests.Conformance;

/// <summary>
/// The program as consumers meet it: on a port of its own, with a real store, the applications of <see cref="Applicaties"/>
/// and a server for subjects beside it. Nothing in it is replaced; configuration is all that the tests have a say in.
/// </summary>
/// <param name="store">Where the klanten are kept.</param>
/// <param name="subjects">The server that <c>subject</c> may point to.</param>
/// <param name="owned">What starts before this instance and ends after it.</param>
public class KlantenApi(ITestStore store, SubjectServer subjects, params IAsyncLifetime[] owned) : IAsyncLifetime
{
    /// <summary>One client for all tests; it follows, keeps and adds nothing of its own accord.</summary>
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    });

    private readonly Dictionary<int, Task<string>> filled = [];
    private WebApplication? app;

    /// <summary>Settings beside those of the store and the applications.</summary>
    protected (string Key, string Value)[] Extra { get; init; } = [];

    /// <summary>All that the program is told.</summary>
    protected IEnumerable<(string Key, string? Value)> Settings =>
    [
        ("environment", "Production"),
        ("Logging:LogLevel:Default", "Error"),
        ("Klanten:Subject:ToegestaneHosts:0", SubjectServer.Host),
        .. store.Settings.Select(s => (s.Key, s.Value)),
        .. Applicaties.Settings.Select(s => (s.Key, s.Value)),
        .. Extra,
    ];

    /// <summary>Where consumers find the API, such as http://127.0.0.1:40123.</summary>
    public string Root { get; private set; } = "";

    /// <summary>Base URL of the standard's paths.</summary>
    public string Base => Root + "/api/v1";

    public SubjectServer Subjects { get; } = subjects;

    public async ValueTask InitializeAsync()
    {
        foreach (var part in owned) await part.InitializeAsync();
        Root = await StartProgramAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
        foreach (var part in owned) await part.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The API as an application sees it.</summary>
    public Consumer As(Applicatie applicatie) => As(Token.Of(applicatie));

    /// <summary>The API as the holder of a token sees it.</summary>
    public Consumer As(Token token) => Showing($"Bearer {token}");

    /// <summary>The API with a header Authorization of any kind, or none.</summary>
    public Consumer Showing(string? authorization) => new(Http, this, authorization);

    /// <summary>Another instance on the same store, as when the program runs more than once.</summary>
    public Task<KlantenApi> AlongsideAsync(params (string Key, string Value)[] settings) =>
        StartAsync(Sibling(store, settings));

    /// <summary>An instance on an empty store of its own.</summary>
    public Task<KlantenApi> ElsewhereAsync(params (string Key, string Value)[] settings)
    {
        var empty = store.Another();
        return StartAsync(Sibling(empty, settings, empty));
    }

    /// <summary>An RSIN with this many klanten, numbered K1, K2 … in order of creation. For tests that only read.</summary>
    public Task<string> RsinWith(int klanten)
    {
        lock (filled)
        {
            return filled.TryGetValue(klanten, out var rsin) ? rsin : filled[klanten] = FillAsync(klanten);
        }
    }

    /// <summary>Starts the program, and returns where consumers find it.</summary>
    protected virtual async Task<string> StartProgramAsync()
    {
        app = KestrelHost.Build(["--urls=http://127.0.0.1:0", .. Settings.Select(setting => $"--{setting.Key}={setting.Value}")]);
        await app.StartAsync();
        return new Uri(app.Urls.Single()).GetLeftPart(UriPartial.Authority);
    }

    /// <summary>An instance that runs in the same way.</summary>
    protected virtual KlantenApi Sibling(ITestStore sharing, (string Key, string Value)[] settings, params IAsyncLifetime[] parts) =>
        new(sharing, Subjects, parts) { Extra = settings };

    private static async Task<KlantenApi> StartAsync(KlantenApi api)
    {
        await api.InitializeAsync();
        return api;
    }

    private async Task<string> FillAsync(int klanten)
    {
        var rsin = Numbers.Rsin();
        for (var i = 1; i <= klanten; i++) await As(Applicaties.Alles).Created(Bodies.NatuurlijkPersoon(rsin).With("klantnummer", $"K{i}"));
        return rsin;
    }
}

/// <summary>The fixture of a collection: the API on one kind of store, with a server for subjects.</summary>
public sealed class KlantenApi<TStore> : KlantenApi where TStore : ITestStore, new()
{
    public KlantenApi() : this(new TStore(), new SubjectServer())
    {
    }

    private KlantenApi(TStore store, SubjectServer subjects) : base(store, subjects, store, subjects)
    {
    }
}
