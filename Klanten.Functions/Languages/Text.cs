using System.Diagnostics.CodeAnalysis;

namespace Klanten.Functions.Languages;

/// <summary>A text for the person who starts the program or a command, in both languages.</summary>
/// <param name="Dutch">In Dutch, with places for values as in <see cref="string.Format(string, object)"/>.</param>
/// <param name="English">The same in English.</param>
internal sealed record Text(string Dutch, string English)
{
    public Sentence With(params object?[] values) => new(this, values);
}

/// <summary>A text with its values, which may be texts and sentences themselves.</summary>
/// <param name="Text">The text.</param>
/// <param name="Values">What is put in its places, in their order.</param>
internal sealed record Sentence(Text Text, IReadOnlyList<object?> Values)
{
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator Sentence?(Text? text) => text?.With();

    /// <summary>The sentence in English, as the log has it.</summary>
    public override string ToString() => CommandLanguage.English[this];
}
