using System.Text.Json;

namespace Klanten.Core.Fields;

/// <summary>
/// One row of a table of fields: how a value of a <typeparamref name="TGroup"/> is merged from a request, restored from the
/// store and written as JSON.
/// </summary>
/// <param name="name">The key in JSON.</param>
public abstract class Field<TGroup>(string name)
{
    /// <summary>The key in JSON.</summary>
    public string Name { get; } = name;

    /// <summary>The key in UTF-8, escaped once.</summary>
    protected JsonEncodedText Key { get; } = JsonEncodedText.Encode(name);

    /// <summary>The name in invalidParams; the reference spells a few of them otherwise than the key.</summary>
    public string ErrorName { get; init; } = name;

    /// <summary>Whether the key must be present. A partial update may leave out required keys of the base fields.</summary>
    public bool Required { get; init; }

    /// <summary>Merges the value that a consumer sent into the group.</summary>
    /// <param name="group">The group as it is; it is not changed.</param>
    /// <param name="value">The value of the key, of any JSON type.</param>
    /// <param name="name">The dotted path of the field in invalidParams.</param>
    /// <param name="errors">Receives every error of the value.</param>
    /// <returns>The group with the value in it. After an error the result serves only to find further errors.</returns>
    public abstract TGroup Merge(TGroup group, JsonElement value, string name, ICollection<FieldError> errors);

    /// <summary>Restores a value that was stored earlier. No rule is checked: the rules may have changed since.</summary>
    public abstract TGroup Restore(TGroup group, JsonElement value);

    /// <summary>Writes the key and its value.</summary>
    public abstract void Write(TGroup group, Utf8JsonWriter writer);
}

/// <summary>A text, trimmed before every check.</summary>
/// <param name="name">The key in JSON.</param>
/// <param name="max">The maximum length, in code points.</param>
/// <param name="get">Reads the property.</param>
/// <param name="set">Returns the group with the property changed.</param>
public sealed class TextField<TGroup>(string name, int max, Func<TGroup, string> get, Func<TGroup, string, TGroup> set)
    : Field<TGroup>(name)
{
    /// <summary>The maximum length, in code points.</summary>
    public int Max { get; } = max;

    /// <summary>Whether the text may be empty once it is trimmed.</summary>
    public bool AllowBlank { get; init; } = true;

    /// <summary>A rule whose error comes before the error for the length, as in the reference.</summary>
    public Rule? Rule { get; init; }

    /// <summary>A rule whose error comes after the error for the length, as in the reference.</summary>
    public Rule? RuleAfterLength { get; init; }

    public override TGroup Merge(TGroup group, JsonElement value, string name, ICollection<FieldError> errors)
    {
        if (JsonText.Read(value, name, AllowBlank, errors) is not { } text) return group;
        if (text.Length > 0)
        {
            Check(Rule, text, name, errors);
            if (JsonText.IsLongerThan(text, Max)) errors.Add(FieldError.TooLong(name, Max));
            if (text.Contains('\0')) errors.Add(FieldError.NullCharacter(name));
            Check(RuleAfterLength, text, name, errors);
        }
        return set(group, text);
    }

    public override TGroup Restore(TGroup group, JsonElement value) => set(group, value.GetString() ?? "");

    public override void Write(TGroup group, Utf8JsonWriter writer) => writer.WriteString(Key, get(group));

    private static void Check(Rule? rule, string text, string name, ICollection<FieldError> errors)
    {
        if (rule?.Invoke(text) is { } violation) errors.Add(new(name, violation.Code, violation.Reason));
    }
}

/// <summary>One of a fixed set of texts, or <c>""</c>. The comparison is exact: the text is not trimmed.</summary>
/// <param name="name">The key in JSON.</param>
/// <param name="choices">The texts allowed.</param>
/// <param name="get">Reads the property.</param>
/// <param name="set">Returns the group with the property changed.</param>
public sealed class ChoiceField<TGroup>(
    string name, IReadOnlyList<string> choices, Func<TGroup, string?> get, Func<TGroup, string?, TGroup> set)
    : Field<TGroup>(name)
{
    public IReadOnlyList<string> Choices { get; } = choices;

    public bool AllowNull { get; init; }

    public override TGroup Merge(TGroup group, JsonElement value, string name, ICollection<FieldError> errors)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (AllowNull) return set(group, null);
            errors.Add(FieldError.Null(name));
            return group;
        }
        if (value.ValueKind == JsonValueKind.String && !JsonText.HasLoneSurrogate(value))
        {
            if (value.ValueEquals("")) return set(group, "");
            foreach (var choice in Choices)
            {
                if (value.ValueEquals(choice)) return set(group, choice);
            }
        }
        errors.Add(FieldError.NotAChoice(name));
        return group;
    }

    public override TGroup Restore(TGroup group, JsonElement value) => set(group, value.GetString());

    public override void Write(TGroup group, Utf8JsonWriter writer) => writer.WriteString(Key, get(group));
}

/// <summary>A whole number within limits, or null.</summary>
/// <param name="name">The key in JSON.</param>
/// <param name="min">The smallest number allowed.</param>
/// <param name="max">The largest number allowed.</param>
/// <param name="get">Reads the property.</param>
/// <param name="set">Returns the group with the property changed.</param>
public sealed class IntegerField<TGroup>(string name, int min, int max, Func<TGroup, int?> get, Func<TGroup, int?, TGroup> set)
    : Field<TGroup>(name)
{
    public int Min { get; } = min;
    public int Max { get; } = max;

    public override TGroup Merge(TGroup group, JsonElement value, string name, ICollection<FieldError> errors)
    {
        if (value.ValueKind == JsonValueKind.Null) return set(group, null);
        if (JsonText.IsLongerThan(value, WholeNumber.MaxTextLength))
        {
            errors.Add(FieldError.TooLongForNumber(name, WholeNumber.MaxTextLength));
        }
        else if (!WholeNumber.TryParse(value, out var number))
        {
            errors.Add(FieldError.Invalid(name, "Hier wordt een geheel getal verwacht."));
        }
        else if (number > Max)
        {
            errors.Add(FieldError.TooLarge(name, Max));
        }
        else if (number < Min)
        {
            errors.Add(FieldError.TooSmall(name, Min));
        }
        else
        {
            return set(group, (int)number);
        }
        return group;
    }

    public override TGroup Restore(TGroup group, JsonElement value) =>
        set(group, value.ValueKind == JsonValueKind.Null ? null : value.GetInt32());

    public override void Write(TGroup group, Utf8JsonWriter writer)
    {
        if (get(group) is { } number) writer.WriteNumber(Key, number);
        else writer.WriteNull(Key);
    }
}

/// <summary>True or false, also in the spellings that the framework of the reference takes.</summary>
/// <param name="name">The key in JSON.</param>
/// <param name="get">Reads the property.</param>
/// <param name="set">Returns the group with the property changed.</param>
public sealed class BooleanField<TGroup>(string name, Func<TGroup, bool> get, Func<TGroup, bool, TGroup> set) : Field<TGroup>(name)
{
    /// <summary>TRUE_VALUES and FALSE_VALUES of Django REST framework.</summary>
    private static readonly HashSet<string> True =
        new(["t", "T", "y", "Y", "yes", "YES", "true", "True", "TRUE", "on", "On", "ON", "1"], StringComparer.Ordinal);

    private static readonly HashSet<string> False =
        new(["f", "F", "n", "N", "no", "NO", "false", "False", "FALSE", "off", "Off", "OFF", "0"], StringComparer.Ordinal);

    public override TGroup Merge(TGroup group, JsonElement value, string name, ICollection<FieldError> errors)
    {
        if (Read(value) is { } given) return set(group, given);
        var isNull = value.ValueKind == JsonValueKind.Null;
        errors.Add(isNull ? FieldError.Null(name) : FieldError.Invalid(name, "Hier wordt true of false verwacht."));
        return group;
    }

    public override TGroup Restore(TGroup group, JsonElement value) => set(group, value.GetBoolean());

    public override void Write(TGroup group, Utf8JsonWriter writer) => writer.WriteBoolean(Key, get(group));

    private static bool? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Read(value.GetDouble()),
        JsonValueKind.String when !JsonText.HasLoneSurrogate(value) => Read(value.GetString()!),
        _ => null,
    };

    private static bool? Read(double number)
    {
        if (number == 1) return true;
        return number == 0 ? false : null;
    }

    private static bool? Read(string text)
    {
        if (True.Contains(text)) return true;
        return False.Contains(text) ? false : null;
    }
}

/// <summary>A list of texts, replaced as a whole.</summary>
/// <param name="name">The key in JSON.</param>
/// <param name="maxItems">The maximum number of items; of a longer list no item is checked.</param>
/// <param name="maxPerItem">The maximum length of an item, in code points.</param>
/// <param name="get">Reads the property.</param>
/// <param name="set">Returns the group with the property changed.</param>
public sealed class TextListField<TGroup>(
    string name, int maxItems, int maxPerItem, Func<TGroup, IReadOnlyList<string>> get, Func<TGroup, IReadOnlyList<string>, TGroup> set)
    : Field<TGroup>(name)
{
    public int MaxItems { get; } = maxItems;

    /// <summary>The maximum length of an item, in code points.</summary>
    public int MaxPerItem { get; } = maxPerItem;

    public override TGroup Merge(TGroup group, JsonElement value, string name, ICollection<FieldError> errors)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            errors.Add(value.ValueKind == JsonValueKind.Null ? FieldError.Null(name) : FieldError.NotAList(name));
            return group;
        }
        if (value.GetArrayLength() > MaxItems)
        {
            errors.Add(FieldError.TooMany(name, MaxItems));
            return group;
        }
        var item = new TextField<string>("", MaxPerItem, t => t, (_, t) => t);
        var texts = new List<string>(value.GetArrayLength());
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            texts.Add(item.Merge("", element, $"{name}.{index++}", errors));
        }
        return set(group, texts);
    }

    public override TGroup Restore(TGroup group, JsonElement value) =>
        set(group, [.. value.EnumerateArray().Select(e => e.GetString() ?? "")]);

    public override void Write(TGroup group, Utf8JsonWriter writer)
    {
        writer.WriteStartArray(Key);
        foreach (var text in get(group)) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}

/// <summary>A group within a group. It is merged key by key; null leaves it as it is, so a consumer cannot remove it.</summary>
/// <param name="name">The key in JSON.</param>
/// <param name="part">The fields of the inner group.</param>
/// <param name="get">Reads the property.</param>
/// <param name="set">Returns the outer group with the property changed.</param>
public sealed class GroupField<TGroup, TPart>(
    string name, FieldGroup<TPart> part, Func<TGroup, TPart?> get, Func<TGroup, TPart?, TGroup> set)
    : Field<TGroup>(name)
    where TPart : class, new()
{
    public FieldGroup<TPart> Part { get; } = part;

    public override TGroup Merge(TGroup group, JsonElement value, string name, ICollection<FieldError> errors) =>
        value.ValueKind == JsonValueKind.Null ? group : set(group, Part.Merge(get(group), value, name, errors));

    public override TGroup Restore(TGroup group, JsonElement value) =>
        set(group, value.ValueKind == JsonValueKind.Null ? null : Part.Restore(value));

    public override void Write(TGroup group, Utf8JsonWriter writer)
    {
        writer.WritePropertyName(Key);
        if (get(group) is { } value) Part.WriteObject(value, writer);
        else writer.WriteNullValue();
    }
}
