using System.Reflection;
using Klanten.Core.Fields;
using Klanten.Core.UseCases;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Http;
using Klanten.Functions.Operations;

namespace Klanten.Tests.Pages;

/// <summary>The files of the pages: each error of the program is on one, in both languages.</summary>
public sealed class ErrorPagesTests
{
    private const BindingFlags Anything = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Assembly Functions = typeof(KlantCreate).Assembly;

    /// <summary>Every error that is written down in the program: by the name of its page, and its code.</summary>
    public static TheoryData<string, string> Errors { get; } =
    [
        .. Problems().Select(problem => (problem.Type, problem.Code)).Distinct(),
        .. Values<Refusal>(Functions).Select(refusal => ("PermissionDenied", refusal.Code)).Distinct(),
        .. Values<FieldError>(Functions).Concat(Values<FieldError>(typeof(FieldError).Assembly)).Concat(MadeFieldErrors())
            .Select(error => ("ValidationError", error.Code)).Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_is_on_its_page_in_both_languages(string type, string code)
    {
        Assert.Contains($"<td><code>{code}</code></td>", Read($"nl/fouten/{type}.html"), StringComparison.Ordinal);
        Assert.Contains($"<td><code>{code}</code></td>", Read($"en/fouten/{type}.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_languages_have_the_same_pages()
    {
        var dutch = Files("pages/nl/");
        Assert.True(dutch.Length > 15);
        Assert.Equal(dutch, Files("pages/en/"));
    }

    [Theory]
    [InlineData(Scopes.KlantenLezen)]
    [InlineData(Scopes.KlantenAanmaken)]
    [InlineData(Scopes.KlantenBijwerken)]
    [InlineData(Scopes.KlantenVerwijderen)]
    [InlineData(Scopes.AuditTrailsLezen)]
    public void Every_scope_is_on_the_page_of_scopes(string scope)
    {
        Assert.Contains($"<td><code>{scope}</code></td>", Read("nl/scopes.html"), StringComparison.Ordinal);
        Assert.Contains($"<td><code>{scope}</code></td>", Read("en/scopes.html"), StringComparison.Ordinal);
    }

    private static IEnumerable<Problem> Problems() =>
    [
        .. Values<Problem>(Functions),
        Problem.Invalid([]),
        Problem.Busy(TimeSpan.Zero),
        Problem.ScanRefused(TimeSpan.Zero),
    ];

    /// <summary>The static fields and properties of this type, wherever they are; those of an import are in no answer.</summary>
    private static IEnumerable<T> Values<T>(Assembly assembly) =>
    [
        .. assembly.GetTypes().Where(type => !type.ContainsGenericParameters && type.Name != nameof(ImportErrors))
            .SelectMany(type => type.GetFields(Anything))
            .Where(field => field.FieldType == typeof(T)).Select(field => (T)field.GetValue(null)!),
    ];

    /// <summary>What the methods that make an error of one value give.</summary>
    private static IEnumerable<FieldError> MadeFieldErrors() =>
        from method in typeof(FieldError).GetMethods(BindingFlags.Static | BindingFlags.Public)
        where method.ReturnType == typeof(FieldError)
        let parameters = method.GetParameters().Select(parameter => parameter.ParameterType == typeof(int) ? (object)1 : "veld")
        select (FieldError)method.Invoke(null, [.. parameters])!;

    private static string[] Files(string folder) =>
        [.. Functions.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => name[folder.Length..]).Order(StringComparer.Ordinal)];

    private static string Read(string file)
    {
        using var stream = Functions.GetManifestResourceStream($"pages/{file}");
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
