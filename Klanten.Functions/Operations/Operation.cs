using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>
/// The scope that the caller of an operation of the API must have. A function without this attribute is open to every caller, and
/// none of the API unless it is <see cref="NeedsNoTokenAttribute"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresScopeAttribute(string scope) : Attribute
{
    public string Scope => scope;
}

/// <summary>An operation of the API that is open to every caller.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsNoTokenAttribute : Attribute;

/// <summary>An HTTP function of this program, as its attributes describe it.</summary>
/// <param name="Name">Name of the function; for an operation of the standard its operationId.</param>
/// <param name="Route">Path from the root, without a slash in front, with parameters as in routing.</param>
/// <param name="Methods">In capitals; empty when the function takes every method.</param>
/// <param name="Scope">The scope that the caller needs; null when the operation is public.</param>
/// <param name="IsOfApi">Whether it is an operation of the API; else it is beside it, such as the health of the program.</param>
/// <param name="Handler">The method that runs.</param>
internal sealed record Operation(
    string Name, string Route, IReadOnlyList<string> Methods, string? Scope, bool IsOfApi, MethodInfo Handler)
{
    /// <summary>All operations. They are public classes, because the worker's generated executor runs no others.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        .. typeof(Operation).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(Operation).Namespace)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(Read).OfType<Operation>(),
    ];

    private static Operation? Read(MethodInfo method)
    {
        if (method.GetCustomAttribute<FunctionAttribute>() is not { } function || Trigger(method) is not { } trigger)
        {
            return null;
        }
        var scope = method.GetCustomAttribute<RequiresScopeAttribute>()?.Scope;
        return new(
            function.Name,
            trigger.Route!,
            [.. (trigger.Methods ?? []).Select(verb => verb.ToUpperInvariant())],
            scope,
            scope is not null || method.IsDefined(typeof(NeedsNoTokenAttribute)),
            method);
    }

    private static HttpTriggerAttribute? Trigger(MethodInfo method) =>
        method.GetParameters() is [var first, ..] ? first.GetCustomAttribute<HttpTriggerAttribute>() : null;
}
