using System.Reflection;

namespace Klanten.Functions.Settings;

/// <summary>A key of the configuration: a value, a list, or a group of other keys.</summary>
internal sealed class KnownSetting
{
    private readonly Dictionary<string, KnownSetting> members = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What it sets; null when it is an item of a list, or a list or a group.</summary>
    private PropertyInfo? property;

    /// <summary>The type of its value; null when it is a list or a group.</summary>
    public Type? ValueType { get; private init; }

    /// <summary>Whether its value cannot be null, which only a file of JSON can make it.</summary>
    public bool NeedsValue => property is null || new NullabilityInfoContext().Create(property).WriteState == NullabilityState.NotNull;

    /// <summary>The items of a list, which are numbered from 0; null when it is a value or a group.</summary>
    public KnownSetting? Item { get; private init; }

    /// <summary>The keys of a group, by name.</summary>
    public IReadOnlyDictionary<string, KnownSetting> Members => members;

    /// <summary>All keys of the sections, below one group without a name.</summary>
    /// <exception cref="NotSupportedException">A property has a type that no setting can have.</exception>
    public static KnownSetting TreeOf(IEnumerable<SettingsSection> sections)
    {
        var root = new KnownSetting();
        foreach (var section in sections)
        {
            var group = section.Path.Split(ConfigurationPath.KeyDelimiter).Aggregate(root, (parent, name) => parent.Group(name));
            group.AddProperties(section.Options);
        }
        return root;
    }

    private KnownSetting Group(string name) => members.TryGetValue(name, out var group) ? group : members[name] = new();

    private void AddProperties(Type options)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsBound))
        {
            members[property.Name] = Create(property.PropertyType, property);
        }
    }

    private static KnownSetting Create(Type type, PropertyInfo? property = null)
    {
        if (SettingValue.CanRead(type))
        {
            return new() { ValueType = type, property = property };
        }
        if (ItemType(type) is { } item)
        {
            return new() { Item = Create(item) };
        }
        if (!type.IsClass || type.IsArray || typeof(System.Collections.IEnumerable).IsAssignableFrom(type))
        {
            throw new NotSupportedException($"A setting cannot be a {type}.");
        }
        var group = new KnownSetting();
        group.AddProperties(type);
        return group;
    }

    /// <summary>The binder sets properties and fills lists; what is only read is computed from others.</summary>
    private static bool IsBound(PropertyInfo property) =>
        property.SetMethod is { IsPublic: true } || ItemType(property.PropertyType) is not null;

    private static Type? ItemType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GetGenericArguments()[0] : null;
}
