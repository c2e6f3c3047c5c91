using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.ModelChecking;

/// <summary>
/// Consumers that write at the same time: each to klanten of its own, some of which want a klantnummer that others want too, and all of
/// them to a few klanten that they share. What each must be afterwards follows from the answers alone.
/// </summary>
internal sealed class SeveralWriters(ModelRegister model, KlantWords words, int seed)
{
    private const int Writers = 8;
    private const int Shared = 3;

    /// <summary>The field of a shared klant that a writer changes: no other writer does.</summary>
    private static readonly string[] OwnFields =
    [
        "functie", "achternaam", "bedrijfsnaam", "telefoonnummer", "voornaam", "voorvoegselAchternaam",
        "adres.straatnaam", "adres.postcode",
    ];

    private readonly ConcurrentDictionary<(string Bronorganisatie, string Klantnummer), bool> held = new();
    private readonly ConcurrentBag<(string Bronorganisatie, string Klantnummer)> refused = [];

    /// <summary>How many writes to a shared klant were refused because too many others came in between.</summary>
    public int Conflicts { get; private set; }

    /// <param name="consumer">Of the program.</param>
    /// <param name="writes">How many each writer makes.</param>
    public async Task WriteAsync(Consumer consumer, int writes)
    {
        var shared = new List<ModelledKlant>();
        for (var i = 0; i < Shared; i++)
        {
            var body = Bodies.NatuurlijkPersoon(words.Bronorganisaties[0]).With("adres.landcode", "6030");
            shared.Add(ModelledKlant.Created(await consumer.Created(body)));
            model.CheckGenerated(shared[^1].Content);
        }
        foreach (var klant in model.Klanten.Concat(shared)) held[(klant.Bronorganisatie, klant.Klantnummer)] = true;
        var before = model.Klanten.Select(klant => klant.Uuid).ToList();
        var written = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(consumer, writer, writes, shared)));

        foreach (var klant in shared) await CheckSharedAsync(consumer, klant, [.. written.Select(w => w.Values[klant])]);
        Conflicts += written.Sum(w => w.Conflicts);
        foreach (var klant in shared.Concat(written.SelectMany(w => w.Created))) model.Add(klant);
        Assert.All(refused, number => Assert.True(held.ContainsKey(number), $"{number} was refused and no klant had it."));

        var listed = await StoreComparison.UuidsAsync(consumer);
        Assert.Equal(before, listed.Take(before.Count));
        foreach (var (created, _, _) in written)
            Assert.Equal(created.Select(klant => klant.Uuid), listed.Intersect(created.Select(klant => klant.Uuid)));
        model.Order(listed);
    }

    private async Task<Written> WriteAsync(Consumer consumer, int writer, int writes, List<ModelledKlant> shared)
    {
        var chance = new Chance(seed + writer);
        var written = new Written([], shared.ToDictionary(klant => klant, _ => new List<string>()), 0);
        for (var i = 0; i < writes; i++)
        {
            if (chance.OneIn(4))
            {
                var value = string.Create(CultureInfo.InvariantCulture, $"{writer}.{i}");
                var klant = chance.Pick(shared);
                var answer = await consumer.Patch(klant.Path, new JsonObject().With(OwnFields[writer], value));
                if (answer.Status == 409) written = written with { Conflicts = written.Conflicts + 1 };
                else written.Values[klant].Add(answer.ShouldBe(200).Body.Without("url").Text(OwnFields[writer]));
            }
            else
            {
                await WriteOwnAsync(consumer, chance, written.Created);
            }
        }
        return written;
    }

    private async Task WriteOwnAsync(Consumer consumer, Chance chance, List<ModelledKlant> own)
    {
        if (own.Count == 0 || chance.Below(10) < 6)
        {
            var body = words.Klant(chance);
            if (chance.OneIn(4)) body["klantnummer"] = $"W{chance.Below(30)}";
            var answer = await consumer.Post(body);
            if (Refuses(answer, body)) return;
            var klant = ModelledKlant.Created(answer.ShouldBe(201).Body);
            if (!body.ContainsKey("klantnummer")) model.CheckGenerated(answer.Body);
            held[(klant.Bronorganisatie, klant.Klantnummer)] = true;
            own.Add(klant);
        }
        else
        {
            var klant = chance.Pick(own);
            var change = KlantWords.Change(chance);
            if (chance.OneIn(4)) change["bronorganisatie"] = chance.Pick(words.Bronorganisaties);
            var after = klant.Content.DeepClone().AsObject();
            foreach (var (field, value) in change) after[field] = value!.DeepClone();
            var answer = await consumer.Patch(klant.Path, change);
            if (Refuses(answer, after)) return;
            answer.ShouldBe(200).Body.Without("url").ShouldEqual(after);
            held[(after.Text("bronorganisatie"), after.Text("klantnummer"))] = true;
            klant.Change("partial_update", after);
        }
    }

    /// <summary>Whether the number is another klant's; when the answer comes, that klant's own may still be on its way.</summary>
    private bool Refuses(Answer answer, JsonObject klant)
    {
        if (answer.Status != 400) return false;
        answer.ShouldBeInvalid(("nonFieldErrors", "unique"));
        refused.Add((klant.Text("bronorganisatie"), klant.Text("klantnummer")));
        return true;
    }

    /// <summary>
    /// The trail is a chain, in which each entry begins where the one before it ended and changes one field; it has every answered value
    /// of every writer once, in its order, and no other; and the klant is as the last entry says.
    /// </summary>
    private static async Task CheckSharedAsync(Consumer consumer, ModelledKlant klant, List<string>[] values)
    {
        var trail = await StoreComparison.TrailAsync(consumer, klant);
        var shown = values.Select(_ => new List<string>()).ToArray();
        foreach (var (entry, previous) in trail.Skip(1).Zip(trail))
        {
            entry.Oud.ShouldEqual(previous.Nieuw);
            var writer = Enumerable.Range(0, OwnFields.Length)
                .Single(w => !JsonNode.DeepEquals(ValueOf(entry.Oud!, w), ValueOf(entry.Nieuw, w)));
            shown[writer].Add(ValueOf(entry.Nieuw, writer)!.ToString());
            entry.Nieuw.ShouldEqual(entry.Oud!.With(OwnFields[writer], ValueOf(entry.Nieuw, writer)));
        }
        Assert.Equal(values, shown);
        klant.Adopt(trail);
        (await consumer.Get(klant.Path)).ShouldBe(200).Body.Without("url").ShouldEqual(klant.Content);

        static JsonNode? ValueOf(JsonObject content, int writer) => content.At(OwnFields[writer]);
    }

    /// <param name="Created">The writer's own klanten, in order of creation.</param>
    /// <param name="Values">The values that it was answered to have given its field of each shared klant.</param>
    /// <param name="Conflicts">How many changes of a shared klant were refused with 409.</param>
    private sealed record Written(List<ModelledKlant> Created, Dictionary<ModelledKlant, List<string>> Values, int Conflicts);
}
