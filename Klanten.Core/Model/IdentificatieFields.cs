using System.Text.Json;
using Klanten.Core.Fields;

namespace Klanten.Core.Model;

/// <summary>The fields of subjectIdentificatie in one of its three shapes.</summary>
public interface IIdentificatieFields
{
    /// <inheritdoc cref="FieldGroup{T}.Merge"/>
    SubjectIdentificatie? Merge(SubjectIdentificatie? current, JsonElement value, string path, ICollection<FieldError> errors);

    /// <inheritdoc cref="FieldGroup{T}.Restore(JsonElement)"/>
    SubjectIdentificatie Restore(JsonElement value);

    /// <inheritdoc cref="FieldGroup{T}.WriteObject"/>
    void WriteObject(SubjectIdentificatie identificatie, Utf8JsonWriter writer);
}

/// <summary>Makes a group of one shape usable where the shape is known only at run time.</summary>
internal sealed class IdentificatieFields<T>(FieldGroup<T> group) : IIdentificatieFields where T : SubjectIdentificatie, new()
{
    public SubjectIdentificatie? Merge(
        SubjectIdentificatie? current, JsonElement value, string path, ICollection<FieldError> errors) =>
        group.Merge((T?)current, value, path, errors);

    public SubjectIdentificatie Restore(JsonElement value) => group.Restore(value);

    public void WriteObject(SubjectIdentificatie identificatie, Utf8JsonWriter writer) =>
        group.WriteObject((T)identificatie, writer);
}
