using System.Buffers;
using Klanten.Functions.Http;

namespace Klanten.Tests.Http;

/// <summary>The buffer in which the chunks of a list are written, one after the other.</summary>
public sealed class PooledBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(600_000)] // too large for the pool
    public void A_buffer_that_was_cleared_is_written_again(int size)
    {
        using var buffer = new PooledBuffer(16);
        foreach (var content in new byte[] { 1, 2 })
        {
            var bytes = Enumerable.Repeat(content, size).ToArray();
            buffer.Clear();
            buffer.Write(bytes);
            Assert.Equal(bytes, buffer.Written.ToArray());
        }
    }
}
