using Klanten.Tests.Conformance;
using Klanten.Tests.Hosting.FunctionsHost;
using Klanten.Tests.Hosting.FunctionsHost.Protocol;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>
/// The API of the conformance tests, published and with the host's double in front. However a request was answered, its
/// invocation must not have failed: a host counts and logs that.
/// </summary>
public sealed class HostedKlantenApi : KlantenApi
{
    private readonly PublishedProgram published;
    private FunctionsHostDouble? host;

    public HostedKlantenApi(PublishedProgram published) : this(published, new SqliteFile(), new SubjectApi())
    {
    }

    private HostedKlantenApi(PublishedProgram published, SqliteFile store, SubjectApi subjects)
        : this(published, store, subjects, [store, subjects])
    {
    }

    private HostedKlantenApi(PublishedProgram published, ITestStore store, SubjectApi subjects, IAsyncLifetime[] owned)
        : base(store, subjects, owned) =>
        this.published = published;

    protected override async Task<string> StartProgramAsync()
    {
        host = await FunctionsHostDouble.StartAsync(await published.FolderAsync(), Settings);
        return host.BaseAddress.GetLeftPart(UriPartial.Authority);
    }

    protected override async ValueTask StopProgramAsync()
    {
        if (host is null) return;
        var failed = host.Invocations.Where(invocation => invocation.Status != StatusResult.Types.Status.Success).ToArray();
        await host.DisposeAsync();
        host = null;
        Assert.Empty(failed);
    }

    protected override KlantenApi Sibling(
        ITestStore sharing, IReadOnlyDictionary<string, string?> settings, params IAsyncLifetime[] parts) =>
        new HostedKlantenApi(published, sharing, Subjects, parts) { Extra = settings };
}
