using System.Globalization;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.ModelChecking;

/// <summary>One consumer, which does one thing after another: every answer must be the one that the model gives.</summary>
internal sealed class SingleClient(ModelRegister model, Chance chance, KlantWords words)
{
    private readonly List<string> removed = [];

    public async Task ActAsync(Consumer consumer)
    {
        await chance.Weighted<Func<Consumer, Task>>(
            (20, CreateAsync), (8, ChangeAsync), (4, MoveAsync), (3, RemoveAsync),
            (6, ReadAsync), (6, ListAsync), (3, ReadTrailAsync))(consumer);
    }

    private ModelledKlant? Any => model.Klanten.Count == 0 ? null : chance.Pick(model.Klanten);

    private async Task CreateAsync(Consumer consumer)
    {
        var body = words.Klant(chance);
        var numbered = body.ContainsKey("klantnummer");
        var taken = numbered && model.IsTaken(body.Text("bronorganisatie"), body.Text("klantnummer"));
        var answer = await consumer.Post(body);
        if (taken)
        {
            answer.ShouldBeInvalid(("nonFieldErrors", "unique"));
            return;
        }
        KlantWords.CheckKept(body, answer.ShouldBe(201).Body);
        var klant = ModelledKlant.Created(answer.Body);
        if (!numbered) model.CheckGenerated(answer.Body);
        Assert.False(model.IsTaken(klant.Bronorganisatie, klant.Klantnummer), $"{klant.Klantnummer} was taken.");
        model.Add(klant);
    }

    private Task ChangeAsync(Consumer consumer) => ChangeAsync(consumer, KlantWords.Change(chance));

    /// <summary>To another bronorganisatie, where its klantnummer may be taken; sometimes with another number.</summary>
    private Task MoveAsync(Consumer consumer)
    {
        var change = new JsonObject { ["bronorganisatie"] = chance.Pick(words.Bronorganisaties) };
        if (chance.OneIn(2)) change["klantnummer"] = KlantWords.Klantnummer(chance);
        return ChangeAsync(consumer, change);
    }

    private async Task ChangeAsync(Consumer consumer, JsonObject change)
    {
        if (Any is not { } klant) return;
        var after = klant.Content.DeepClone().AsObject();
        foreach (var (field, value) in change) after[field] = value!.DeepClone();
        var put = chance.OneIn(3);
        if (put)
        {
            foreach (var required in KlantWords.Required) change.TryAdd(required, klant.Content[required]!.DeepClone());
        }
        var answer = put ? await consumer.Put(klant.Path, change) : await consumer.Patch(klant.Path, change);
        if (model.IsTaken(after.Text("bronorganisatie"), after.Text("klantnummer"), by: klant))
        {
            answer.ShouldBeInvalid(("nonFieldErrors", "unique"));
            return;
        }
        answer.ShouldBe(200).Body.Without("url").ShouldEqual(after);
        klant.Change(put ? "update" : "partial_update", after);
    }

    private async Task RemoveAsync(Consumer consumer)
    {
        if (Any is not { } klant) return;
        (await consumer.Delete(klant.Path)).ShouldBe(204);
        model.Remove(klant);
        removed.Add(klant.Path);
    }

    private async Task ReadAsync(Consumer consumer)
    {
        if (chance.OneIn(4) && removed.Count > 0)
        {
            var gone = chance.Pick(removed) + chance.Pick("", "/audittrail");
            (await consumer.Get(gone)).ShouldBeProblem(404, "not_found");
        }
        else if (Any is { } klant)
        {
            (await consumer.Get(klant.Path)).ShouldBe(200).Body.Without("url").ShouldEqual(klant.Content);
        }
    }

    private async Task ListAsync(Consumer consumer)
    {
        var filters = words.Filters(chance, Any);
        var found = model.Find(filters.ToDictionary(filter => filter.Path, filter => filter.Value));
        var page = chance.OneIn(2) ? 1 : chance.Between(1, found.Count / 100 + 2);
        var query = filters.Select(filter => $"{filter.Parameter}={Uri.EscapeDataString(filter.Value)}");
        var asked = string.Join('&', [.. query, string.Create(CultureInfo.InvariantCulture, $"page={page}")]);
        ModelRegister.CheckPage(await consumer.List(asked), found, page);
    }

    private async Task ReadTrailAsync(Consumer consumer)
    {
        if (Any is { } klant) await StoreComparison.CheckTrailAsync(consumer, klant);
    }
}
