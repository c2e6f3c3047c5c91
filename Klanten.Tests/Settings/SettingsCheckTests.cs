using Klanten.Functions.Hosts;
using Klanten.Functions.Languages;
using Klanten.Functions.Settings;
using Klanten.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.Settings;

/// <summary>Every key below <c>Klanten</c> is known or named, and every value is judged, in one sentence each.</summary>
public sealed class SettingsCheckTests
{
    private const string Secret = "zqgeheim-van-minstens-32-tekens-lang";

    /// <summary>What the sections of the program are made of, in a configuration without a mistake.</summary>
    private static readonly Dictionary<string, string?> Sound = new()
    {
        ["Klanten:Applicaties:0:ClientIds:0"] = "zaaksysteem",
        ["Klanten:Applicaties:0:Secret"] = Secret,
        ["Klanten:Applicaties:0:Scopes:0"] = "klanten.lezen",
    };

    [Fact]
    public async Task A_configuration_without_a_mistake_gives_no_sentence()
    {
        Assert.Equal([], await FindAsync());
        Assert.Equal([], await FindAsync(("Klanten:Applicaties:0:Component", "zrc"), ("KLANTEN:SQLITE:PAD", "x.db"), ("Anders:Foo", "x")));
        Assert.Equal([], await FindAsync([.. Applications.Settings.Select(s => (s.Key, s.Value!))]));
    }

    [Theory]
    [InlineData("Klanten:Sqlite:Path", "Klanten:Sqlite:Pad")]
    [InlineData("Klanten:Sqllite", "Klanten:Sqlite")]
    [InlineData("Klanten:Pad", "Klanten:Sqlite:Pad")]
    [InlineData("Klanten:Opslagg", "Klanten:Opslag")]
    [InlineData("Klanten:Applicaties:0:Secreet", "Klanten:Applicaties:0:Secret")]
    [InlineData("Klanten:Applicaties:0:ClientId", "Klanten:Applicaties:0:ClientIds")]
    [InlineData("Klanten:Applicatie", "Klanten:Applicaties")]
    [InlineData("Klanten:Notificaties:URI", "Klanten:Notificaties:Url")]
    [InlineData("Klanten:Autorisaties:Levensduurr", "Klanten:Autorisaties:Levensduur")]
    [InlineData("Klanten:Subject:TimeOuts", "Klanten:Subject:Timeout")]
    [InlineData("Klanten:Opslag:Soort", "Klanten:Opslag")]
    public async Task A_key_that_is_not_known_is_named_with_the_nearest_that_is(string key, string nearest) =>
        // The value is a secret as well: whatever is wrong, it is not printed.
        Assert.Equal([$"{key} bestaat niet; bedoelt u {nearest}?"], await FindAsync((key, Secret)));

    [Fact]
    public async Task A_group_that_is_not_known_is_named_once() => Assert.Equal(
        ["Klanten:Sqllite bestaat niet; bedoelt u Klanten:Sqlite?"],
        await FindAsync(("Klanten:Sqllite:Pad", "x"), ("Klanten:Sqllite:A", "x")));

    [Theory]
    [InlineData("Klanten:Cors:Origins:een", "Klanten:Cors:Origins:een bestaat niet; Klanten:Cors:Origins is een lijst, genummerd vanaf 0.")]
    [InlineData("Klanten:Cors:Origins:00", "Klanten:Cors:Origins:00 bestaat niet; Klanten:Cors:Origins is een lijst, genummerd vanaf 0.")]
    [InlineData("Klanten:Cors:Origins:1", "Klanten:Cors:Origins:0 ontbreekt; Klanten:Cors:Origins is een doorlopend genummerde lijst.")]
    [InlineData("Klanten:Applicaties:2:Secret", "Klanten:Applicaties:1 ontbreekt; Klanten:Applicaties is een doorlopend genummerde lijst.")]
    [InlineData("Klanten:Cors:Origins", "Klanten:Cors:Origins is een lijst en heeft zelf geen waarde.")]
    [InlineData("Klanten:Sqlite", "Klanten:Sqlite is een groep en heeft zelf geen waarde.")]
    [InlineData("Klanten:Cosmos:Aanmaken", "Klanten:Cosmos:Aanmaken moet true of false zijn.")]
    [InlineData("Klanten:Tokens:MaximaleLeeftijd", "Klanten:Tokens:MaximaleLeeftijd moet een tijdsduur zijn, bijvoorbeeld 00:00:05.")]
    [InlineData("Klanten:Opslag", "Klanten:Opslag moet Sqlite of Cosmos zijn.")]
    [InlineData("Klanten:Applicaties:0:Dialect", "Klanten:Applicaties:0:Dialect moet Standaard of OpenKlant1 zijn.")]
    public async Task A_key_that_cannot_have_its_value_is_named(string key, string expected) =>
        Assert.Equal([expected], await FindAsync((key, Secret)));

    [Theory]
    [InlineData("123456789", "OpenKlant1", "Bronorganisatie moet een RSIN zijn: 9 cijfers die aan de elfproef voldoen.")]
    [InlineData("517439943", "OpenKlant", "Dialect moet Standaard of OpenKlant1 zijn.")]
    [InlineData("517439943", "Standaard", "Dialect moet OpenKlant1 zijn, want alleen daarmee heeft KEY:Bronorganisatie zin.")]
    [InlineData("517439943", "openklant1", null)]
    [InlineData("", "Standaard", null)]
    public async Task A_bronorganisatie_of_an_application_is_an_RSIN_and_belongs_to_the_dialect(string rsin, string dialect, string? found)
    {
        const string Key = "Klanten:Applicaties:0";
        string[] expected = found is null ? [] : [$"{Key}:{found.Replace("KEY", Key, StringComparison.Ordinal)}"];
        Assert.Equal(expected, await FindAsync(($"{Key}:Bronorganisatie", rsin), ($"{Key}:Dialect", dialect)));
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("waar")]
    [InlineData(" ")]
    public async Task A_boolean_is_true_or_false(string value) => Assert.Equal(
        ["Klanten:Applicaties:0:HeeftAlleAutorisaties moet true of false zijn."],
        await FindAsync(("Klanten:Applicaties:0:HeeftAlleAutorisaties", value)));

    [Theory]
    [InlineData("Klanten:Opslag", "0")]
    [InlineData("Klanten:Subject:Timeout", "even")]
    [InlineData("Klanten:Subject:Timeout", "")]
    [InlineData("Klanten:Subject:Timeout", "5")]
    [InlineData("Klanten:Subject:Timeout", "-00:00:05")]
    [InlineData("Klanten:Tokens:MaximaleLeeftijd", "00:00:00")]
    [InlineData("Klanten:Tokens:MaximaleLeeftijd", "100000")]
    [InlineData("Klanten:PubliekeUrl", "klanten.gemeente.nl")]
    [InlineData("Klanten:PubliekeUrl", "https://klanten.gemeente.nl/?x=1")]
    [InlineData("Klanten:PubliekeUrl", "https://user:pw@klanten.gemeente.nl/")]
    [InlineData("Klanten:PubliekeUrl", "https://300.1.1.1/")]
    [InlineData("Klanten:PubliekeUrl", "https://klanten.gemeente.nl:0/")]
    [InlineData("Klanten:PubliekeUrl", "https://klanten.gemeente.nl:99999/")]
    [InlineData("Klanten:PubliekeUrl", "https:///")]
    [InlineData("Klanten:PubliekeUrls:0", "klanten.gemeente.nl")]
    [InlineData("Klanten:PubliekeUrls:0", "")]
    [InlineData("Klanten:Proxies:0", "proxy.gemeente.nl")]
    [InlineData("Klanten:Proxies:0", "10.0.0.256")]
    [InlineData("Klanten:Proxies:0", "10.1")]
    [InlineData("Klanten:Proxies:0", "010.0.0.1")]
    [InlineData("Klanten:Proxies:0", "10.0.0.0/33")]
    [InlineData("Klanten:Proxies:0", "10.0.0.4:80")]
    [InlineData("Klanten:Proxies:0", "")]
    [InlineData("Klanten:Applicaties:0:ClientIds:0", "")]
    [InlineData("Klanten:Applicaties:0:ClientIds:0", " ")]
    [InlineData("Klanten:Applicaties:0:ClientIds:1", "zaaksysteem")]
    [InlineData("Klanten:Applicaties:0:Secret", "te kort")]
    [InlineData("Klanten:Applicaties:0:Uuid", "geen-uuid")]
    [InlineData("Klanten:Applicaties:0:Component", "kcc")]
    [InlineData("Klanten:Applicaties:0:Component", "KC")]
    [InlineData("Klanten:Applicaties:0:Component", "")]
    [InlineData("Klanten:Applicaties:0:Scopes:0", "klanten.leezen")]
    [InlineData("Klanten:Applicaties:0:Scopes:0", "Klanten.Lezen")]
    [InlineData("Klanten:Applicaties:0:Scopes:0", "klanten.lezen ")]
    [InlineData("Klanten:Applicaties:0:Scopes:0", "")]
    [InlineData("Klanten:Subject:ToegestaneHosts:0", "register:8080")]
    [InlineData("Klanten:Subject:ToegestaneHosts:0", "http://register/")]
    [InlineData("Klanten:Subject:ToegestaneHosts:0", "10.0.0.256")]
    [InlineData("Klanten:Subject:ToegestaneHosts:0", "a..b")]
    [InlineData("Klanten:Subject:ToegestaneHosts:0", "")]
    [InlineData("Klanten:Cors:Origins:0", "balie.gemeente.nl")]
    [InlineData("Klanten:Cors:Origins:0", "https://balie.gemeente.nl/pad")]
    [InlineData("Klanten:Limieten:Verbindingen", "0")]
    [InlineData("Klanten:Limieten:Schrijfverzoeken", "0")]
    [InlineData("Klanten:Limieten:Schrijfverzoeken", "1000001")]
    [InlineData("Klanten:Limieten:InhoudMB", "-1")]
    [InlineData("Klanten:Limieten:InhoudMB", "1025")]
    [InlineData("Klanten:Limieten:Wachttijd", "00:00:00.9")]
    [InlineData("Klanten:Limieten:Wachttijd", "00:05:01")]
    public async Task A_value_that_cannot_be_is_named_by_its_key_in_one_sentence(string key, string value) =>
        Assert.StartsWith(key + " ", Assert.Single(await FindAsync((key, value))), StringComparison.Ordinal);

    [Fact]
    public async Task A_misspelled_scope_is_named_with_the_nearest_that_exists() => Assert.Equal(
        ["Klanten:Applicaties:0:Scopes:1 is geen scope van de standaard; bedoelt u klanten.aanmaken?"],
        await FindAsync(("Klanten:Applicaties:0:Scopes:1", "klanten.aanmaaken")));

    [Fact]
    public async Task All_mistakes_are_found_at_once_each_under_its_own_number()
    {
        var found = await FindAsync(
            ("Klanten:Applicaties:0:HeeftAlleAutorisaties", "ja"), ("Klanten:Applicaties:1:HeeftAlleAutorisaties", "nee"),
            ("Klanten:Applicaties:2:ClientIds:0", "x"), ("Klanten:Applicaties:2:Secret", "te kort"), ("Klanten:Sqlite:Path", "x"),
            ("Klanten:Opslag", "Papier"));
        Assert.Equal(
            [
                "Klanten:Applicaties:0:HeeftAlleAutorisaties moet true of false zijn.",
                "Klanten:Applicaties:1:ClientIds moet minstens één client_id bevatten.",
                "Klanten:Applicaties:1:HeeftAlleAutorisaties moet true of false zijn.",
                "Klanten:Applicaties:1:Secret moet minstens 32 bytes lang zijn.",
                "Klanten:Applicaties:2:Secret moet minstens 32 bytes lang zijn.",
                "Klanten:Opslag moet Sqlite of Cosmos zijn.",
                "Klanten:Sqlite:Path bestaat niet; bedoelt u Klanten:Sqlite:Pad?",
            ],
            found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Endpoint", "klanten.documents.azure.com")]
    [InlineData("ConnectionString", "AccountEndpoint=https://x/")]
    [InlineData("ConnectionString", "AccountEndpoint=x;AccountKey=eA==")]
    [InlineData("ConnectionString", "AccountEndpoint=https://x/;AccountKey=???")]
    public async Task The_account_of_Cosmos_DB_is_judged_when_it_is_the_store(string name, string value) => Assert.StartsWith(
        $"Klanten:Cosmos:{name} ",
        Assert.Single(await FindAsync(("Klanten:Opslag", "Cosmos"), ($"Klanten:Cosmos:{name}", value))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Applicaties:1:Component", "zrc", "Applicaties:1 heeft scopes voor een andere component dan kc, dus deze mag hier niets.")]
    [InlineData("Applicaties:1:Scopes:0", "zaken.lezen", "Applicaties:1 heeft scopes die hier niets toestaan: zaken.lezen.")]
    [InlineData("Demo:ClientId", "demo", "Demo doet niets, want dit is geen ontwikkelmachine (Development).")]
    [InlineData("Cosmos:Database", "x", "Cosmos doet niets, want Klanten:Opslag is Sqlite.")]
    public async Task What_is_well_formed_and_does_nothing_is_said(string key, string value, string expected)
    {
        var remarks = await RemarksAsync(
            ("Klanten:Applicaties:1:ClientIds:0", "ander"), ("Klanten:Applicaties:1:Secret", Secret),
            ("Klanten:Applicaties:1:Scopes:0", "klanten.lezen"), ("Klanten:Demo:ClientId", "demo"), ("Klanten:Demo:Secret", Secret),
            ($"Klanten:{key}", value));
        Assert.Contains($"Klanten:{expected}", remarks);
    }

    [Fact]
    public async Task An_address_that_is_listed_twice_is_said()
    {
        var remarks = await RemarksAsync(
            ("Klanten:PubliekeUrl", "https://klanten.gemeente.nl"), ("Klanten:PubliekeUrls:0", "https://KLANTEN.gemeente.nl/api/v1/"),
            ("Klanten:PubliekeUrls:1", "https://klanten.gemeente.nl/klanten"), ("Klanten:Proxies:0", "10.0.0.0/24"));
        Assert.Equal(["Klanten:PubliekeUrls:0 doet niets, want het is hetzelfde adres als Klanten:PubliekeUrl."], remarks);
    }

    [Fact]
    public async Task Several_addresses_without_proxies_are_said()
    {
        (string, string)[] two = [("Klanten:PubliekeUrls:0", "https://a.example"), ("Klanten:PubliekeUrls:1", "https://b.example")];
        Assert.StartsWith("Klanten:Proxies is leeg: ", Assert.Single(await RemarksAsync(two)), StringComparison.Ordinal);
        Assert.Empty(await RemarksAsync([.. two, ("Klanten:Proxies:0", "::1")]));
        Assert.Empty(await RemarksAsync(two[0]));
    }

    [Fact]
    public async Task An_application_without_scopes_is_said_unless_there_is_an_Autorisaties_API()
    {
        (string, string)[] credential = [("Klanten:Applicaties:1:ClientIds:0", "ander"), ("Klanten:Applicaties:1:Secret", Secret)];
        const string Expected = "Klanten:Applicaties:1 heeft geen scopes en er is geen Autorisaties API, dus deze mag niets.";
        Assert.Equal([Expected], await RemarksAsync(credential));
        Assert.Empty(await RemarksAsync(
            [.. credential, .. AutorisatiesApi.SettingsOf("http://127.0.0.1:1").Select(s => (s.Key, s.Value!))]));
    }

    [Fact]
    public async Task A_program_without_applications_says_so_and_serves()
    {
        using var folder = new TempFolder();
        await using var program = await KlantenProgram.StartAsync(folder.Path, new Dictionary<string, string?>());
        Assert.Contains(
            "Note: Klanten:Applicaties is empty, so every request is refused.", program.Output, StringComparison.Ordinal);
    }

    /// <summary>Every key, with a value that no number, duration, word or address can be; a few keys take any text.</summary>
    public static TheoryData<string> Values
    {
        get
        {
            using var app = Build();
            return [.. Paths(KnownSetting.TreeOf(app.Services.GetServices<SettingsSection>()), "")];
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task An_unreadable_value_of_any_key_is_a_mistake_or_a_text_and_never_an_exception(string key) =>
        Assert.All(await FindAsync((key, "\u0001")), mistake => Assert.StartsWith("Klanten:", mistake, StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"Applicaties": [{"ClientIds": ["a"], "Secret": "$", "Label": null}]}""", "Klanten:Applicaties:0:Label")]
    [InlineData("""{"Applicaties": [{"ClientIds": ["a"], "Secret": "$", "Scopes": [null]}]}""", "Klanten:Applicaties:0:Scopes:0")]
    [InlineData("""{"Applicaties": [{"ClientIds": ["a"], "Secret": null}]}""", "Klanten:Applicaties:0:Secret")]
    [InlineData("""{"Sqlite": {"Pad": null}}""", "Klanten:Sqlite:Pad")]
    [InlineData("""{"Opslag": null}""", "Klanten:Opslag")]
    [InlineData("""{"Limieten": {"Wachttijd": null}}""", "Klanten:Limieten:Wachttijd")]
    public async Task Null_is_no_value_where_there_must_be_one(string json, string key) =>
        Assert.Contains($"{key} mag niet null zijn; laat de sleutel weg.", await FindInFileAsync(json));

    [Theory]
    [InlineData("""{"Notificaties": {"Url": null}}""")]
    [InlineData("""{"Limieten": {"Verbindingen": null}}""")]
    [InlineData("""{"Applicaties": null, "Cors": null, "Subject": {"ToegestaneHosts": null}}""")]
    public async Task Null_is_nothing_where_there_may_be_nothing(string json) => Assert.Empty(await FindInFileAsync(json));

    private static async Task<IReadOnlyList<string>> FindInFileAsync(string json)
    {
        using var folder = new TempFolder();
        var text = $$"""{"Klanten": {{json.Replace("$", Secret, StringComparison.Ordinal)}}}""";
        await File.WriteAllTextAsync(Path.Join(folder.Path, "appsettings.json"), text, TestContext.Current.CancellationToken);
        await using var app = KestrelHost.Build(["--environment=Production", $"--contentRoot={folder.Path}"]);
        return Speak(SettingsCheck.FindMistakes(app.Services));
    }

    private static IEnumerable<string> Paths(KnownSetting setting, string path)
    {
        if (setting.ValueType is not null) return [path];
        return setting.Item is { } item
            ? Paths(item, path + ":0")
            : setting.Members.SelectMany(member => Paths(member.Value, path.Length == 0 ? member.Key : $"{path}:{member.Key}"));
    }

    private static async Task<IReadOnlyList<string>> FindAsync(params (string Key, string Value)[] settings)
    {
        await using var app = Build(settings);
        return Speak(SettingsCheck.FindMistakes(app.Services));
    }

    private static async Task<IReadOnlyList<string>> RemarksAsync(params (string Key, string Value)[] settings)
    {
        await using var app = Build(settings);
        Assert.Equal([], SettingsCheck.FindMistakes(app.Services));
        return Speak(app.Services.GetServices<ISettingsRemarks>().SelectMany(source => source.Remarks()));
    }

    /// <summary>The sentences in Dutch, after a look at their English.</summary>
    private static IReadOnlyList<string> Speak(IEnumerable<Sentence> sentences) =>
    [
        .. sentences.Select(sentence =>
        {
            Spoken.AssertEnglish(CommandLanguage.English[sentence]);
            return Spoken.AssertDutch(CommandLanguage.Dutch[sentence]);
        }),
    ];

    private static WebApplication Build(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(Sound, StringComparer.OrdinalIgnoreCase) { ["environment"] = "Production" };
        foreach (var (key, value) in settings) all[key] = value;
        return KestrelHost.Build([.. all.Select(setting => $"--{setting.Key}={setting.Value}")]);
    }
}
