using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>
/// The program as consumers meet it: on a port of its own, with a real store, the applications of <see cref="Applications"/>
/// and a server for subjects beside it. Nothing in it is replaced; the tests only set its configuration.
/// </summary>
/// <param name="store">Where the klanten are kept.</param>
/// <param name="subjects">The server that <c>subject</c> may point to.</param>
/// <param name="owned">What starts before this instance and ends after it.</param>
public class KlantenApi(ITestStore store, SubjectApi subjects, params IAsyncLifetime[] owned) : IAsyncLifetime
{
    private static readonly HttpClient Http = ApiClient.Create();

    private readonly Dictionary<int, Task<string>> filled = [];
    private KlantenHost? host;

    /// <summary>Settings beside those of the store and the applications.</summary>
    protected IReadOnlyDictionary<string, string?> Extra { get; set; } = new Dictionary<string, string?>();

    /// <summary>The configuration of the program; a setting of <see cref="Extra"/> replaces one of the same name.</summary>
    protected IReadOnlyDictionary<string, string?> Settings
    {
        get
        {
            var settings = new Dictionary<string, string?>(store.Settings.Concat(Applications.Settings))
            {
                ["environment"] = "Production",
                ["Logging:LogLevel:Default"] = "Error",
                ["Klanten:Subject:ToegestaneHosts:0"] = FakeApi.Host,
            };
            foreach (var (key, value) in Extra) settings[key] = value;
            return settings;
        }
    }

    /// <summary>Where consumers find the API, such as http://127.0.0.1:40123.</summary>
    public string Root { get; private set; } = "";

    /// <summary>Base URL of the standard's paths.</summary>
    public string Base => Root + "/api/v1";

    public SubjectApi Subjects { get; } = subjects;

    public async ValueTask InitializeAsync()
    {
        foreach (var part in owned) await part.InitializeAsync();
        Root = await StartProgramAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopProgramAsync();
        }
        finally
        {
            foreach (var part in owned) await part.DisposeAsync();
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>The API as an application sees it.</summary>
    public Consumer As(Application application) => As(Token.Of(application));

    /// <summary>The API as the holder of a token sees it.</summary>
    public Consumer As(Token token) => Showing($"Bearer {token}");

    /// <summary>The API with a header Authorization of any kind, or none.</summary>
    public Consumer Showing(string? authorization) => new(Http, Base, authorization);

    /// <summary>Another instance on the same store, as when the program runs more than once. Only Cosmos DB can be shared.</summary>
    public Task<KlantenApi> AlongsideAsync(params (string Key, string Value)[] settings) =>
        StartAsync(Sibling(store, DictionaryOf(settings)));

    /// <summary>Ends the program and starts it again on the same store, with other settings.</summary>
    public async Task RestartAsync(params (string Key, string Value)[] settings)
    {
        await StopProgramAsync();
        Extra = DictionaryOf(settings);
        Root = await StartProgramAsync();
    }

    /// <summary>An instance on an empty store of its own.</summary>
    public Task<KlantenApi> ElsewhereAsync(params (string Key, string Value)[] settings) => ElsewhereAsync(DictionaryOf(settings));

    /// <summary>An instance on an empty store of its own.</summary>
    public Task<KlantenApi> ElsewhereAsync(IReadOnlyDictionary<string, string?> settings)
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
        host = await KlantenHost.StartAsync(Settings);
        return host.Root;
    }

    protected virtual async ValueTask StopProgramAsync()
    {
        if (host is not null) await host.DisposeAsync();
        host = null;
    }

    /// <summary>An instance that runs in the same way.</summary>
    protected virtual KlantenApi Sibling(
        ITestStore sharing, IReadOnlyDictionary<string, string?> settings, params IAsyncLifetime[] parts) =>
        new(sharing, Subjects, parts) { Extra = settings };

    private static Dictionary<string, string?> DictionaryOf((string Key, string Value)[] settings) =>
        settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value);

    private static async Task<KlantenApi> StartAsync(KlantenApi api)
    {
        await api.InitializeAsync();
        return api;
    }

    private async Task<string> FillAsync(int klanten)
    {
        var rsin = Numbers.Rsin();
        for (var i = 1; i <= klanten; i++)
        {
            await As(Applications.Alles).Created(Bodies.NatuurlijkPersoon(rsin).With("klantnummer", $"K{i}"));
        }
        return rsin;
    }
}

/// <summary>The fixture of a collection: the API on one kind of store, with a server for subjects.</summary>
public sealed class KlantenApi<TStore> : KlantenApi where TStore : ITestStore, new()
{
    public KlantenApi() : this(new TStore(), new SubjectApi())
    {
    }

    private KlantenApi(TStore store, SubjectApi subjects) : base(store, subjects, store, subjects)
    {
    }
}
