using Microsoft.Extensions.Options;

namespace Klanten.Functions.Hosts;

/// <summary>Validates the whole configuration at the start and prints all its errors, instead of failing later on the first.</summary>
internal static class ConfigurationErrors
{
    private const string AnnotationIntroduction = "with the error: '";

    /// <summary>Prints the errors of the configuration on standard error, one a line; false when there are none.</summary>
    public static bool TryReport(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return false;
        }
        catch (Exception exception) when (Messages(exception) is { } messages)
        {
            foreach (var message in messages)
            {
                Console.Error.WriteLine(message);
            }
            return true;
        }
    }

    /// <summary>Null when the exception is not about the configuration.</summary>
    private static IEnumerable<string>? Messages(Exception exception)
    {
        switch (exception)
        {
            case OptionsValidationException { Failures: var failures }:
                return failures.Select(WithoutIntroduction);
            case AggregateException { InnerExceptions: var inner } when inner.All(e => e is OptionsValidationException):
                return inner.SelectMany(e => Messages(e)!);
            case InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" }:
                // A value of the wrong type. The binder's message contains the key.
                return [exception.Message];
            default:
                return null;
        }
    }

    /// <summary>Data annotations put the names of the type and the members before the message; the message names the key itself.</summary>
    private static string WithoutIntroduction(string failure)
    {
        var start = failure.IndexOf(AnnotationIntroduction, StringComparison.Ordinal);
        return start < 0 ? failure : failure[(start + AnnotationIntroduction.Length)..].TrimEnd('.', '\'') + ".";
    }
}
