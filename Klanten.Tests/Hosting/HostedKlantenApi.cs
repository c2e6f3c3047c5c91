using Klanten.Tests.Conformance;
using Klanten.Tests.Conformance.Support;

namespace Klanten.Tests.Hosting;

/// <summary>The API of the conformance tests, published and with the host's double in front.</summary>
public sealed class HostedKlantenApi : KlantenApi
{
    private readonly PublishedProgram published;
    private FunctionsHostDouble? host;

    public HostedKlantenApi(PublishedProgram published) : this(published, new SqliteFile(), new SubjectServer())
    {
    }

    private HostedKlantenApi(PublishedProgram published, SqliteFile store, SubjectServer subjects) : this(published, store, subjects, [store, subjects])
    {
    }

    private HostedKlantenApi(PublishedProgram published, ITestStore store, SubjectServer subjects, IAsyncLifetime[] owned) : base(store, subjects, owned) =>
        this.published = published;

    public override async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task<string> StartProgramAsync()
    {
        var environment = Settings.GroupBy(s => s.Key).ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Last().Value);
        host = await FunctionsHostDouble.StartAsync(await published.FolderAsync(), environment);
        return host.BaseAddress.GetLeftPart(UriPartial.Authority);
    }

    protected override KlantenApi Sibling(ITestStore sharing, (string Key, string Value)[] settings, params IAsyncLifetime[] parts) =>
        new HostedKlantenApi(published, sharing, Subjects, parts) { Extra = settings };
}
