using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Klanten.Core.Model;
using Klanten.Functions.Operations;
using Klanten.Functions.Storage.Cosmos.Documents;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Tests.Architecture;

/// <summary>Which part of the program may use which other.</summary>
public sealed class ArrowTests
{
    private const string FunctionsHost = "Microsoft.Azure.Functions.Worker";

    private static readonly Assembly Core = typeof(Klant).Assembly;
    private static readonly Assembly Functions = typeof(KlantCreate).Assembly;

    /// <summary>What the declaration of a function needs, and no more.</summary>
    private static readonly Type[] Declaration = [typeof(FunctionAttribute), typeof(HttpTriggerAttribute), typeof(AuthorizationLevel)];

    [Theory]
    [InlineData("Klanten.Core.Fields", "Klanten.Core.Model")]
    [InlineData("Klanten.Functions.Autorisaties", "Klanten.Functions.Http")]
    [InlineData("Klanten.Functions.Storage.Sqlite", "Klanten.Functions.Storage.Cosmos")]
    [InlineData("Klanten.Functions.Storage.Sqlite", "Microsoft.Azure.Cosmos")]
    [InlineData("Klanten.Functions.Storage.Cosmos", "Klanten.Functions.Storage.Sqlite")]
    [InlineData("Klanten.Functions.Storage.Cosmos", "SQLitePCL")]
    [InlineData("Klanten.Functions.Storage.Cosmos.Documents", "Klanten.Functions.Storage.Cosmos.Requests")]
    [InlineData("Klanten.Functions.Storage.Cosmos.Documents", "Klanten.Functions.Storage.Cosmos.Moves")]
    [InlineData("Klanten.Functions.Storage.Cosmos.Requests", "Klanten.Functions.Storage.Cosmos.Moves")]
    [InlineData("Klanten.Functions.Operations", "Klanten.Functions.Storage")]
    [InlineData("Klanten.Functions.Operations", "Microsoft.Azure.Cosmos")]
    [InlineData("Klanten.Functions.Operations", "SQLitePCL")]
    public void A_part_does_not_use(string part, string other)
    {
        var types = TypesIn(part);
        Assert.NotEmpty(types);
        Assert.Equal([], types.SelectMany(type => Uses(type, used => IsIn(used, other))));
    }

    /// <summary>
    /// It writes the klant with a writer, and the other documents by code that is generated for them. The SDK gets a generated context
    /// too, for the values that it serializes itself.
    /// </summary>
    [Fact]
    public void The_Cosmos_store_serializes_nothing_by_reflection()
    {
        var others = TypesIn("Klanten.Functions.Storage.Cosmos").Where(type => type != typeof(DocumentJson));

        Assert.Equal([], others.SelectMany(type => Uses(type, used => used == typeof(JsonSerializer))));
        Assert.All(
            [typeof(DocumentJson).GetMethod(nameof(DocumentJson.Read))!, typeof(DocumentJson).GetMethod(nameof(DocumentJson.Write))!],
            method => Assert.Equal(typeof(JsonTypeInfo<>), method.GetParameters()[1].ParameterType.GetGenericTypeDefinition()));
    }

    /// <remarks>Coverage instruments the assembly with code that names the base class library "netstandard".</remarks>
    [Fact]
    public void The_core_uses_the_base_class_library_only() =>
        Assert.All(Core.GetReferencedAssemblies(), assembly => Assert.Matches(@"^(System\..+|netstandard)$", assembly.Name));

    [Fact]
    public void Types_of_the_Functions_host_appear_in_Hosts_only()
    {
        var elsewhere = Functions.GetTypes().Where(type => IsIn(type, "Klanten.Functions") && !IsIn(type, "Klanten.Functions.Hosts"));
        Assert.Equal(
            [],
            elsewhere.Where(IsWrittenByHand).SelectMany(type => Uses(type, used => IsIn(used, FunctionsHost) && !MayDeclare(type, used))));
    }

    [Fact]
    public void What_the_IL_of_a_method_uses_is_seen() =>
        Assert.Contains(typeof(Functions.Http.ProblemAnswer), TypesIn("Klanten.Functions.Operations").SelectMany(Dependencies.Of));

    private static bool MayDeclare(Type type, Type used) => IsIn(type, "Klanten.Functions.Operations") && Declaration.Contains(used);

    /// <summary>The worker's SDK generates types too: those in the root namespace that are none of ours.</summary>
    private static bool IsWrittenByHand(Type type) =>
        type.Namespace != "Klanten.Functions" || (type.FullName!.Split('+')[0] is "Klanten.Functions.KlantenServices");

    private static Type[] TypesIn(string part) => [.. Core.GetTypes().Concat(Functions.GetTypes()).Where(type => IsIn(type, part))];

    private static bool IsIn(Type type, string part) =>
        type.Namespace is { } name && (name == part || name.StartsWith(part + ".", StringComparison.Ordinal));

    private static IEnumerable<string> Uses(Type type, Func<Type, bool> forbidden) =>
        Dependencies.Of(type).Where(forbidden).Select(used => $"{type.FullName} uses {used.FullName}");
}
