using System.Text.Json;

namespace Klanten.Core.Fields;

/// <summary>
/// A table of fields. It merges, restores and writes a <typeparamref name="T"/> field by field, in the order of the table.
/// </summary>
public sealed class FieldGroup<T>(params Field<T>[] fields) where T : class, new()
{
    public IReadOnlyList<Field<T>> Fields { get; } = fields;

    /// <summary>
    /// Merges what a consumer sent into the current group: keys that were sent overwrite, others stay. When no key of the
    /// table was sent the group stays as it is, so an empty group is never made.
    /// </summary>
    /// <param name="current">The group as it is, or null.</param>
    /// <param name="value">What the consumer sent; anything but an object is an error of the group itself.</param>
    /// <param name="path">The path of the group in invalidParams, or <c>""</c> for the body.</param>
    /// <param name="errors">Receives every error.</param>
    /// <param name="partial">Whether required keys may be absent.</param>
    public T? Merge(T? current, JsonElement value, string path, ICollection<FieldError> errors, bool partial = false)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            var name = Path(path, FieldError.NonField);
            errors.Add(value.ValueKind == JsonValueKind.Null ? FieldError.Null(name) : FieldError.NotAnObject(name));
            return current;
        }
        var merged = current;
        foreach (var field in Fields)
        {
            if (value.TryGetProperty(field.Name, out var given))
            {
                merged = field.Merge(merged ?? new T(), given, Path(path, field.ErrorName), errors);
            }
            else if (field.Required && !partial)
            {
                errors.Add(FieldError.Required(Path(path, field.ErrorName)));
            }
        }
        return merged;
    }

    /// <summary>Restores a group from what <see cref="Write"/> wrote.</summary>
    public T Restore(JsonElement value) => Restore(new T(), value);

    /// <summary>Restores the fields of the table in a group that other tables have part of.</summary>
    public T Restore(T group, JsonElement value)
    {
        foreach (var field in Fields)
        {
            if (value.TryGetProperty(field.Name, out var stored)) group = field.Restore(group, stored);
        }
        return group;
    }

    /// <summary>Writes all keys within an object that the caller has opened.</summary>
    public void Write(T group, Utf8JsonWriter writer)
    {
        foreach (var field in Fields) field.Write(group, writer);
    }

    /// <summary>Writes the group as an object of its own.</summary>
    public void WriteObject(T group, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        Write(group, writer);
        writer.WriteEndObject();
    }

    private static string Path(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
