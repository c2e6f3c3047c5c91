using Klanten.Functions.Languages;

namespace Klanten.Tests.Languages;

/// <summary>A stream of the console that may be full.</summary>
public sealed class GuardedWriterTests
{
    [Fact]
    public void A_stream_that_has_room_again_is_written_to()
    {
        using var disk = new Disk { IsFull = true };
        using var writer = new GuardedWriter(() => disk);
        writer.WriteLine("lost");
        disk.IsFull = false;
        writer.Write("kept");
        Assert.Equal("kept", writer.Encoding.GetString(disk.ToArray()));
    }

    [Fact]
    public void What_was_lost_first_says_why()
    {
        using var disk = new Disk { IsFull = true };
        using var writer = new GuardedWriter(() => disk);
        writer.WriteLine("lost");
        var first = writer.Fault;
        writer.WriteLine("lost too");
        Assert.IsType<IOException>(first);
        Assert.Same(first, writer.Fault);
    }

    private sealed class Disk : MemoryStream
    {
        public bool IsFull { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (IsFull) throw new IOException();
            base.Write(buffer, offset, count);
        }
    }
}
