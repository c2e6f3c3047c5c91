using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>The scope that the caller of an operation must have; an operation without this attribute is public.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresScopeAttribute(string scope) : Attribute
{
    public string Scope => scope;
}

/// <summary>An HTTP function of this program, as its attributes describe it.</summary>
/// <param name="Name">Name of the function; for an operation of the standard its operationId.</param>
/// <param name="Route">Path from the root, without a slash in front, with parameters as in routing.</param>
/// <param name="Methods">In capitals; empty when the function takes every method.</param>
/// <param name="Scope">The scope that the caller needs; null when the operation is public.</param>
/// <param name="Handler">The method that runs.</param>
internal sealed record Operation(string Name, string Route, IReadOnlyList<string> Methods, string? Scope, MethodInfo Handler)
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
        return new(
            function.Name,
            trigger.Route!,
            [.. (trigger.Methods ?? []).Select(verb => verb.ToUpperInvariant())],
            method.GetCustomAttribute<RequiresScopeAttribute>()?.Scope,
            method);
    }

    private static HttpTriggerAttribute? Trigger(MethodInfo method) =>
        method.GetParameters() is [var first, ..] ? first.GetCustomAttribute<HttpTriggerAttribute>() : null;
}
