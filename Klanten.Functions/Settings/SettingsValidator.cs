using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Settings;

/// <summary>Lets options judge themselves. Attributes of their properties do not count: their messages have one language.</summary>
internal sealed class SettingsValidator<TOptions> : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        if (options is not IValidatableObject judge)
        {
            return ValidateOptionsResult.Skip;
        }
        var mistakes = judge.Validate(new(options)).Select(mistake => mistake.ErrorMessage!).ToArray();
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
