using System.Text.RegularExpressions;
using Klanten.Functions.Hosts;
using Klanten.Functions.Operations;
using Klanten.Functions.Settings;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Klanten.Tests.Architecture;

/// <summary>
/// The program refuses a setting that it does not know, so every class of options is registered with
/// <c>SettingsServices.AddSettings</c>.
/// </summary>
public sealed partial class KnownSettingsTests
{
    [Fact]
    public void Every_class_of_options_is_registered_with_its_keys()
    {
        var bound = new List<Type>();
        var known = new List<Type>();
        using var app = KestrelHost.Build([], services =>
        {
            bound.AddRange(
                services.Select(service => service.ServiceType).Where(IsConfigurationOfOurs).Select(type => type.GetGenericArguments()[0]));
            known.AddRange(services.Where(service => service.ServiceType == typeof(SettingsSection))
                .Select(service => ((SettingsSection)service.ImplementationInstance!).Options));
        });
        Assert.NotEmpty(known);
        Assert.Equal([], bound.Distinct().Except(known));
    }

    /// <summary>Also those that are read one by one, and those in the messages.</summary>
    [Fact]
    public void Every_key_in_the_source_is_known()
    {
        using var app = KestrelHost.Build([]);
        var tree = KnownSetting.TreeOf(app.Services.GetServices<SettingsSection>());
        var keys = Directory.EnumerateFiles(Repository.PathOf("Klanten.Functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Key().Matches(File.ReadAllText(file)).Select(match => match.Value))
            .Distinct()
            .ToArray();
        Assert.Contains("Klanten:Sqlite:Pad", keys);
        Assert.Equal([], keys.Where(key => !IsKnown(tree, key)));
    }

    private static bool IsConfigurationOfOurs(Type service) =>
        service.IsGenericType
        && service.GetGenericTypeDefinition() == typeof(IConfigureOptions<>)
        && service.GetGenericArguments()[0].Assembly == typeof(KlantCreate).Assembly;

    private static bool IsKnown(KnownSetting tree, string key)
    {
        var setting = tree;
        foreach (var name in key.Split(':'))
        {
            if (setting.Item is not null) return true;
            if (!setting.Members.TryGetValue(name, out var member)) return false;
            setting = member;
        }
        return true;
    }

    [GeneratedRegex("(?<=[\" (])Klanten(:[A-Za-z]+)+")]
    private static partial Regex Key();
}
