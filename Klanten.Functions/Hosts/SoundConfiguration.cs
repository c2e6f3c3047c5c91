using Microsoft.Extensions.Options;

namespace Klanten.Functions.Hosts;

/// <summary>Tells every mistake in the configuration at the start, by its key, instead of where the program stumbled over it.</summary>
internal static class SoundConfiguration
{
    public static bool IsSound(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return true;
        }
        catch (Exception exception) when (Mistakes(exception) is { } mistakes)
        {
            foreach (var mistake in mistakes) Console.Error.WriteLine(mistake);
            return false;
        }
    }

    /// <summary>Null when it is something else.</summary>
    private static IEnumerable<string>? Mistakes(Exception exception) => exception switch
    {
        OptionsValidationException { Failures: var failures } => failures.Select(WithoutSource),
        AggregateException { InnerExceptions: var inner } when inner.All(e => e is OptionsValidationException) => inner.SelectMany(e => Mistakes(e)!),
        // A value that cannot be read as what it should be: the binder names its key.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => [exception.Message],
        _ => null,
    };

    /// <summary>Data annotations put their own introduction before what is wrong.</summary>
    private static string WithoutSource(string failure) =>
        failure.IndexOf("with the error: '", StringComparison.Ordinal) is >= 0 and var at ? failure[(at + "with the error: '".Length)..].TrimEnd('.', '\'') + "." : failure;
}
