using System.Globalization;
using Microsoft.Extensions.Logging.Console;

namespace Klanten.Functions.Settings;

/// <summary>Section <c>Logging</c>: the levels of every provider, and how the console is written.</summary>
internal static class LoggingSettings
{
    /// <summary>The alias of the console's provider; its full name is a section as well.</summary>
    private static readonly string[] Consoles = ["Console", "Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider"];

    private static readonly string[] Formatters = [ConsoleFormatterNames.Simple, ConsoleFormatterNames.Json, ConsoleFormatterNames.Systemd];

    /// <summary>The keys that are there or can be, each with its rule.</summary>
    public static IEnumerable<KeyRule> Rules(IConfigurationSection logging) =>
    [
        new($"{logging.Path}:CaptureScopes", SettingRules.Boolean),
        .. LogLevels(logging).Select(level => new KeyRule(level.Path, LevelName)),
        .. Consoles.Select(logging.GetSection).Where(IsConfigured).SelectMany(ConsoleRules),
    ];

    /// <summary>Those of all providers, and those of one.</summary>
    private static IEnumerable<IConfigurationSection> LogLevels(IConfigurationSection logging) =>
        logging.GetChildren()
            .Select(provider => provider.GetSection("LogLevel"))
            .Prepend(logging.GetSection("LogLevel"))
            .SelectMany(levels => levels.GetChildren());

    private static Sentence? LevelName(string value) => Enum.TryParse<LogLevel>(value, ignoreCase: true, out _)
        ? null
        : SettingTexts.OneOf.With(string.Join(", ", Enum.GetNames<LogLevel>()));

    private static bool IsConfigured(IConfigurationSection section) => section.GetChildren().Any();

    /// <summary>The properties of ConsoleLoggerOptions and of the options of its three formatters.</summary>
    private static IEnumerable<KeyRule> ConsoleRules(IConfigurationSection console)
    {
        KeyRule[] rules =
        [
            new("MaxQueueLength", SettingRules.Number(1)),
            new("QueueFullMode", SettingRules.Name<ConsoleLoggerQueueFullMode>()),
            new("LogToStandardErrorThreshold", SettingRules.Name<LogLevel>()),
            new("FormatterName", SettingRules.OneOf(Formatters)),
            new("Format", SettingRules.OneOf("Default", "Systemd")),
            new("DisableColors", SettingRules.Boolean),
            new("FormatterOptions:SingleLine", SettingRules.Boolean),
            new("FormatterOptions:ColorBehavior", SettingRules.Name<LoggerColorBehavior>()),
            new("FormatterOptions:JsonWriterOptions:Indented", SettingRules.Boolean),
            new("FormatterOptions:JsonWriterOptions:SkipValidation", SettingRules.Boolean),
            new("FormatterOptions:JsonWriterOptions:IndentSize", SettingRules.Number(0, 127)),
            new("FormatterOptions:JsonWriterOptions:MaxDepth", SettingRules.Number(0)),
            new("FormatterOptions:JsonWriterOptions:IndentCharacter", SettingRules.Where(c => c is " " or "\t", SettingTexts.SpaceOrTab)),
            new("FormatterOptions:JsonWriterOptions:NewLine", SettingRules.Where(end => end is "\n" or "\r\n", SettingTexts.LineEnd)),
            .. Shared(""),
            .. Shared("FormatterOptions:"),
        ];
        return rules.Select(rule => rule with { Key = $"{console.Path}:{rule.Key}" });
    }

    private static KeyRule[] Shared(string prefix) =>
    [
        new($"{prefix}IncludeScopes", SettingRules.Boolean),
        new($"{prefix}UseUtcTimestamp", SettingRules.Boolean),
        new($"{prefix}TimestampFormat", SettingRules.Where(IsTimestamp, SettingTexts.NoTimestamp)),
    ];

    private static bool IsTimestamp(string format)
    {
        try
        {
            return DateTimeOffset.UnixEpoch.ToString(format, CultureInfo.InvariantCulture) is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
