namespace Klanten.Tests.Support;

/// <summary>Draws from a seed, so that a run can be repeated.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random random = new(seed);

    public int Below(int limit) => random.Next(limit);

    public int Between(int from, int to) => random.Next(from, to + 1);

    public bool OneIn(int times) => random.Next(times) == 0;

    public T Pick<T>(params IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>One of these, as often as its weight says.</summary>
    public T Weighted<T>(params IReadOnlyList<(int Weight, T Value)> from)
    {
        var drawn = random.Next(from.Sum(choice => choice.Weight));
        foreach (var (weight, value) in from)
        {
            if (drawn < weight) return value;
            drawn -= weight;
        }
        throw new InvalidOperationException("The weights add up to what was drawn below.");
    }

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    public string Text(string alphabet, int length) => new(random.GetItems(alphabet.AsSpan(), length));

    /// <summary>Nine digits that pass the elfproef.</summary>
    public string Elfproef()
    {
        while (true)
        {
            var digits = Text("0123456789", 9);
            var sum = -(digits[8] - '0');
            for (var i = 0; i < 8; i++) sum += (9 - i) * (digits[i] - '0');
            if (sum % 11 == 0) return digits;
        }
    }
}
