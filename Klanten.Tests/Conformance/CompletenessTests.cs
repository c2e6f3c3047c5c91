namespace Klanten.Tests.Conformance;

/// <summary>The specification holds on every store and host only if every chapter runs on each of them.</summary>
public sealed class CompletenessTests
{
    [Theory]
    [InlineData(typeof(OnSqlite))]
    [InlineData(typeof(OnCosmos))]
    [InlineData(typeof(UnderFunctionsHost))]
    public void Every_chapter_runs_on(Type host)
    {
        var chapters = typeof(Chapter).Assembly.GetTypes().Where(type => type.IsAbstract && type.IsSubclassOf(typeof(Chapter)));
        var running = host.GetNestedTypes().Where(type => type.IsSealed && IsInCollectionOf(host, type)).Select(type => type.BaseType);
        Assert.Equal([], chapters.Except(running).Select(chapter => chapter!.FullName));
    }

    /// <summary>Whether xunit gives the class the API of this host, and runs it together with the other chapters.</summary>
    private static bool IsInCollectionOf(Type host, Type chapter) =>
        chapter.GetCustomAttributesData().Any(attribute => attribute.AttributeType == typeof(CollectionAttribute<>).MakeGenericType(host));
}
