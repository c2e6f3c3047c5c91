using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Generated;

// The API refuses null for a text, so what is not set is left out.
public partial class KlantClient
{
    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings) =>
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
}

// NSwag describes the values of an enum by EnumMember, which the converter of System.Text.Json does not read. Without it "" has no name.
public sealed class EnumMemberConverter<T> : JsonConverter<T> where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = Enum.GetValues<T>().ToDictionary(Text);

    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Values[reader.GetString()!];

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));

    private static string Text(T value) => typeof(T).GetField(value.ToString())!.GetCustomAttribute<EnumMemberAttribute>()!.Value!;
}
