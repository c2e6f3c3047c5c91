using System.Globalization;
using Microsoft.Extensions.Logging.Console;

namespace Klanten.Functions.Settings;

/// <summary>Section <c>Logging</c>: the levels of every provider, and how the console is written.</summary>
internal static class LoggingSettings
{
    /// <summary>The alias of the console's provider; its full name is a section as well.</summary>
    private static readonly string[] Consoles = ["Console", "Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider"];

    /// <summary>The keys that are there or can be, each with its rule.</summary>
    public static IEnumerable<(string Key, SettingRule Rule)> Rules(IConfigurationSection logging) =>
    [
        ($"{logging.Path}:CaptureScopes", SettingRules.Boolean),
        .. LogLevels(logging).Select(level => (level.Path, (SettingRule)LevelName)),
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
    private static IEnumerable<(string Key, SettingRule Rule)> ConsoleRules(IConfigurationSection console)
    {
        (string Name, SettingRule Rule)[] rules =
        [
            ("MaxQueueLength", SettingRules.Number(1)),
            ("QueueFullMode", SettingRules.Name<ConsoleLoggerQueueFullMode>()),
            ("LogToStandardErrorThreshold", SettingRules.Name<LogLevel>()),
            ("FormatterName", SettingRules.OneOf(ConsoleFormatterNames.Simple, ConsoleFormatterNames.Json, ConsoleFormatterNames.Systemd)),
            ("Format", SettingRules.OneOf("Default", "Systemd")),
            ("DisableColors", SettingRules.Boolean),
            ("FormatterOptions:SingleLine", SettingRules.Boolean),
            ("FormatterOptions:ColorBehavior", SettingRules.Name<LoggerColorBehavior>()),
            ("FormatterOptions:JsonWriterOptions:Indented", SettingRules.Boolean),
            ("FormatterOptions:JsonWriterOptions:SkipValidation", SettingRules.Boolean),
            ("FormatterOptions:JsonWriterOptions:IndentSize", SettingRules.Number(0, 127)),
            ("FormatterOptions:JsonWriterOptions:MaxDepth", SettingRules.Number(0)),
            ("FormatterOptions:JsonWriterOptions:IndentCharacter", SettingRules.Where(one => one is " " or "\t", SettingTexts.SpaceOrTab)),
            ("FormatterOptions:JsonWriterOptions:NewLine", SettingRules.Where(end => end is "\n" or "\r\n", SettingTexts.LineEnd)),
            .. Shared(""),
            .. Shared("FormatterOptions:"),
        ];
        return rules.Select(rule => ($"{console.Path}:{rule.Name}", rule.Rule));
    }

    private static (string Name, SettingRule Rule)[] Shared(string prefix) =>
    [
        ($"{prefix}IncludeScopes", SettingRules.Boolean),
        ($"{prefix}UseUtcTimestamp", SettingRules.Boolean),
        ($"{prefix}TimestampFormat", SettingRules.Where(IsTimestamp, SettingTexts.NoTimestamp)),
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
