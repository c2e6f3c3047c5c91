using System.Globalization;
using System.Text;

namespace Klanten.Functions.Languages;

/// <summary>
/// A stream of the console that loses what it cannot write. To tell something comes after what the program does: a stream that is closed
/// or on a full disk changes nothing of that.
/// </summary>
internal sealed class LossyConsole : TextWriter
{
    private readonly Func<TextWriter> stream;

    private LossyConsole(Func<TextWriter> stream) : base(CultureInfo.InvariantCulture) => this.stream = stream;

    public static LossyConsole Output { get; } = new(() => Console.Out);

    public static LossyConsole Error { get; } = new(() => Console.Error);

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Try(value, static (stream, value) => stream.Write(value));

    public override void Write(string? value) => Try(value, static (stream, value) => stream.Write(value));

    public override void WriteLine(string? value) => Try(value, static (stream, value) => stream.WriteLine(value));

    /// <remarks>Opening the stream can fail as well. What is thrown differs: of a closed stream, that access is denied.</remarks>
    private void Try<T>(T value, Action<TextWriter, T> write)
    {
        try
        {
            write(stream(), value);
        }
        catch (Exception)
        {
            // Where would it be told?
        }
    }
}
