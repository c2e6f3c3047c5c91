using System.Text;

namespace Klanten.Functions.Languages;

/// <summary>
/// Standard output or standard error, to which the program may write whatever it leads to: a full disk or a closed descriptor ends no
/// work that is half done. What cannot be written is lost, and <see cref="Fault"/> says why.
/// </summary>
internal sealed class GuardedWriter : TextWriter
{
    private readonly StreamWriter writer = StreamWriter.Null;

    /// <remarks>It opens the stream at once: a descriptor that is closed is given to the next file that the program opens.</remarks>
    /// <param name="open">Gives the stream; it may fail as a write does.</param>
    public GuardedWriter(Func<Stream> open)
    {
        try
        {
            writer = new(open(), Encoding) { AutoFlush = true };
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            Fault = exception;
        }
    }

    /// <summary>Why the first thing that was lost could not be written; null when all was written.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Guards both streams from here on; returns standard output.</summary>
    public static GuardedWriter GuardConsole()
    {
        var output = new GuardedWriter(Console.OpenStandardOutput);
        Console.SetOut(output);
        Console.SetError(new GuardedWriter(Console.OpenStandardError));
        return output;
    }

    /// <remarks>Of UTF-8 a console may name the kind that begins with a byte order mark, which would come before all output.</remarks>
    public override Encoding Encoding { get; } =
        Console.OutputEncoding is { Preamble.IsEmpty: true } plain ? plain : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public override void Write(char value) => Try(() => writer.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => writer.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => writer.Write(value));

    public override void WriteLine(string? value) => Try(() => writer.WriteLine(value));

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            // A disk that has room again takes the log of a program that serves.
            Fault ??= exception;
        }
    }

    private static bool IsLoss(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
