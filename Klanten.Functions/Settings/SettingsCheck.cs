using System.Globalization;

namespace Klanten.Functions.Settings;

/// <summary>
/// Compares the configuration below <c>Klanten</c> with the keys that the options classes know, and judges every value. It names a
/// key and never its value, which may be a secret.
/// </summary>
internal sealed class SettingsCheck
{
    private const string Root = "Klanten";

    private readonly KnownSetting tree;
    private readonly List<(string Key, Sentence Mistake)> mistakes = [];

    /// <summary>The configuration with values that can be read, so that the validators of the options can judge the rest of it.</summary>
    private readonly Dictionary<string, string?> readable = new(StringComparer.OrdinalIgnoreCase);

    private SettingsCheck(KnownSetting tree) => this.tree = tree;

    /// <summary>All mistakes in the configuration, one sentence each; empty when there are none.</summary>
    public static IReadOnlyList<Sentence> FindMistakes(IServiceProvider services)
    {
        var sections = services.GetServices<SettingsSection>().ToArray();
        var check = new SettingsCheck(KnownSetting.TreeOf(sections));
        check.Walk(services.GetRequiredService<IConfiguration>().GetSection(Root), check.tree.Members[Root]);
        if (check.mistakes.Count == 0)
        {
            return [.. sections.SelectMany(section => section.Validate(services))];
        }
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(check.readable).Build();
        var invalid = sections.SelectMany(section => section.Validate(services, configuration)).Where(check.IsNew);
        return [.. check.mistakes.Select(mistake => SettingTexts.Keyed.With(mistake.Key, mistake.Mistake)), .. invalid];
    }

    /// <summary>False for what a validator says about a value that stands in the place of an unreadable one.</summary>
    private bool IsNew(Text message) =>
        !mistakes.Any(mistake => message.English.StartsWith(mistake.Key + " ", StringComparison.OrdinalIgnoreCase));

    private void Walk(IConfigurationSection section, KnownSetting known)
    {
        if (known.ValueType is { } type)
        {
            JudgeValue(section, known, type);
            return;
        }
        if (!string.IsNullOrEmpty(section.Value))
        {
            Add(section.Path, known.Item is null ? SettingTexts.GroupHasNoValue : SettingTexts.ListHasNoValue);
        }
        if (known.Item is { } item)
        {
            WalkList(section, item);
            return;
        }
        foreach (var child in section.GetChildren())
        {
            if (known.Members.TryGetValue(child.Key, out var member))
            {
                Walk(child, member);
                continue;
            }
            Add(child.Path, SettingTexts.Unknown.With(NearestKey.Find(child.Path, tree)));
        }
    }

    private void JudgeValue(IConfigurationSection section, KnownSetting known, Type type)
    {
        var children = section.GetChildren().ToArray();
        foreach (var child in children)
        {
            Add(child.Path, SettingTexts.Unknown.With(section.Path));
        }
        if (section.Value is not { } text)
        {
            if (known.NeedsValue && children.Length == 0) Add(section.Path, SettingTexts.Null);
            return;
        }
        if (SettingValue.FindMistake(type, text) is { } mistake)
        {
            Add(section.Path, mistake);
            text = SettingValue.Readable(type);
        }
        readable[section.Path] = text;
    }

    private void WalkList(IConfigurationSection section, KnownSetting item)
    {
        var expected = 0;
        foreach (var child in section.GetChildren())
        {
            if (!int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                || child.Key != index.ToString(CultureInfo.InvariantCulture))
            {
                Add(child.Path, SettingTexts.NoNumber.With(section.Path));
                continue;
            }
            // The binder closes the gap, so that the validators would number the items after it otherwise than the configuration.
            if (index != expected)
            {
                Add($"{section.Path}:{expected}", SettingTexts.Gap.With(section.Path));
                return;
            }
            expected++;
            // An item without a key that is known keeps its number too.
            readable[$"{child.Path}:{Root}"] = "";
            Walk(child, item);
        }
    }

    private void Add(string key, Sentence mistake) => mistakes.Add((key, mistake));
}
