using System.Text.Json.Nodes;
using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>
/// kla-001: (bronorganisatie, klantnummer) is unique. A consumer who sends no klantnummer gets one from the API, whatever
/// others do at the same time and whatever numbers they have chosen themselves.
/// </summary>
public abstract class Klantnummer(KlantenApi api) : Chapter(api)
{
    [Fact]
    public async Task Numbers_are_given_out_from_10000000_upwards()
    {
        Assert.Equal("10000000", (await AKlant()).Text("klantnummer"));
        Assert.Equal("10000001", (await AKlant()).Text("klantnummer"));
        Assert.Equal("10000002", (await AKlant()).Text("klantnummer"));
    }

    [Fact]
    public async Task Every_bronorganisatie_has_its_own_numbers()
    {
        Assert.Equal("10000000", (await AKlant()).Text("klantnummer"));
        Assert.Equal("10000000", (await Consumer.Created(Bodies.NatuurlijkPersoon(Numbers.Rsin()))).Text("klantnummer"));
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("''", "blank")]
    [InlineData("' '", "blank")]
    public async Task A_number_is_given_out_only_when_the_key_is_left_out(string json, string code) =>
        (await Consumer.Post(NatuurlijkPersoon.With("klantnummer", Json.Of(json)))).ShouldBeInvalid(("klantnummer", code));

    [Fact]
    public async Task A_request_that_was_refused_gets_no_klant_and_the_next_gets_a_number()
    {
        (await Consumer.Post(Klant(Rsin))).ShouldBeInvalid(("nonFieldErrors", "invalid-subject"));
        Assert.Matches("^1[0-9]{7}$", (await AKlant()).Text("klantnummer"));
    }

    [Fact]
    public async Task Numbers_that_consumers_took_are_passed_over()
    {
        for (var i = 0; i < 12; i++) await AKlant(("klantnummer", $"{10000000 + i}"));
        var given = new[] { await AKlant(), await AKlant(), await AKlant() }.Select(k => k.Text("klantnummer")).ToArray();
        Assert.All(given, g => Assert.Matches("^1[0-9]{7}$", g));
        Assert.All(given, g => Assert.True(int.Parse(g, System.Globalization.CultureInfo.InvariantCulture) >= 10000012, g));
        Assert.Equal(3, given.Distinct().Count());
    }

    [Fact]
    public async Task No_choice_of_numbers_by_consumers_keeps_a_free_one_from_being_found()
    {
        // Ever larger steps through the whole range: a search by growing steps meets only these.
        for (long chosen = 10_000_000, step = 2; chosen <= 99_999_999; chosen += step, step = Math.Min(step * 2, 1 << 20))
        {
            await AKlant(("klantnummer", $"{chosen}"));
        }
        Assert.Equal("10000001", (await AKlant()).Text("klantnummer"));
        Assert.Equal("10000003", (await AKlant()).Text("klantnummer"));
    }

    [Fact]
    public async Task A_number_is_not_given_out_again_when_its_klant_was_deleted()
    {
        var klant = await AKlant();
        (await Consumer.Delete(klant.Text("url"))).ShouldBe(204);
        Assert.NotEqual(klant.Text("klantnummer"), (await AKlant()).Text("klantnummer"));
    }

    [Fact]
    public async Task A_klantnummer_is_unique_within_its_bronorganisatie()
    {
        await AKlant(("klantnummer", "K1"));
        (await Consumer.Post(NatuurlijkPersoon.With("klantnummer", "K1").With("achternaam", "Ander")))
            .ShouldBeInvalid(("nonFieldErrors", "unique"));
        (await Consumer.Post(Bodies.NatuurlijkPersoon(Numbers.Rsin()).With("klantnummer", "K1"))).ShouldBe(201);
    }

    [Fact]
    public async Task A_number_that_was_given_out_is_taken()
    {
        var klant = await AKlant();
        (await Consumer.Post(NatuurlijkPersoon.With("klantnummer", klant.Text("klantnummer"))))
            .ShouldBeInvalid(("nonFieldErrors", "unique"));
        var number = long.Parse(klant.Text("klantnummer"), System.Globalization.CultureInfo.InvariantCulture);
        (await Consumer.Post(NatuurlijkPersoon.With("klantnummer", number))).ShouldBeInvalid(("nonFieldErrors", "unique"));
    }

    [Fact]
    public async Task Klantnummers_differ_when_their_case_or_accents_do_but_not_by_white_space()
    {
        foreach (var klantnummer in new[] { "abc", "ABC", "Abc", "e\u0301", "\u00e9", "a/b", "-1", "01", "1", "%", "😀😀😀😀😀😀😀😀" })
            Assert.Equal(klantnummer, (await AKlant(("klantnummer", klantnummer))).Text("klantnummer"));
        (await Consumer.Post(NatuurlijkPersoon.With("klantnummer", " abc\t"))).ShouldBeInvalid(("nonFieldErrors", "unique"));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task A_klant_cannot_take_the_klantnummer_of_another(string method)
    {
        await AKlant(("klantnummer", "K1"));
        var klant = await AKlant(("klantnummer", "K2"));
        (await Consumer.SendJson(method, klant.Text("url"), klant.With("klantnummer", "K1"))).ShouldBeInvalid(("nonFieldErrors", "unique"));
        (await Read(klant)).ShouldEqual(klant);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task A_klant_cannot_move_to_where_its_klantnummer_is_taken(string method)
    {
        var other = Numbers.Rsin();
        var klant = await AKlant(("klantnummer", "K1"));
        await Consumer.Created(Bodies.NatuurlijkPersoon(other).With("klantnummer", "K1"));
        (await Consumer.SendJson(method, klant.Text("url"), klant.With("bronorganisatie", other)))
            .ShouldBeInvalid(("nonFieldErrors", "unique"));
        (await Read(klant)).ShouldEqual(klant);
        (await Consumer.List($"bronorganisatie={Rsin}")).ShouldList(klant);
    }

    [Fact]
    public async Task A_klantnummer_that_was_changed_or_moved_away_is_free_again()
    {
        var klant = await AKlant(("klantnummer", "K1"));
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'klantnummer':'K2'}"))).ShouldBe(200);
        await AKlant(("klantnummer", "K1"));
        (await Consumer.Patch(klant.Text("url"), new JsonObject { ["bronorganisatie"] = Numbers.Rsin() })).ShouldBe(200);
        await AKlant(("klantnummer", "K2"));
    }

    [Fact]
    public async Task Of_many_requests_for_one_klantnummer_at_the_same_time_one_succeeds()
    {
        var answers = (await AtOnce(Enumerable.Repeat(NatuurlijkPersoon.With("klantnummer", "K1"), 16), Api))
            .Select(r => r.Answer).ToArray();
        Assert.Single(answers, a => a.Status == 201);
        Assert.All(answers.Where(a => a.Status != 201), a => a.ShouldBeInvalid(("nonFieldErrors", "unique")));
        Assert.Single((await Consumer.List($"bronorganisatie={Rsin}")).ShouldBe(200).Results);
    }

    [Fact]
    public async Task Under_load_no_number_is_given_out_twice()
    {
        var numbered = Enumerable.Repeat(NatuurlijkPersoon, 200);
        var claims = Enumerable.Range(0, 100).Select(i => NatuurlijkPersoon.With("klantnummer", $"{10000000 + i * 2}"));
        await ShouldAllBeUnique(await AtOnce(Shuffled(numbered.Concat(claims)), Api));
    }

    /// <summary>Consumers of two instances on one store create klanten at once, some with numbers of their own.</summary>
    protected async Task NoNumberIsGivenOutTwiceByAsync(KlantenApi other)
    {
        var numbered = Enumerable.Repeat(NatuurlijkPersoon, 80);
        var claims = Enumerable.Range(0, 20).Select(i => NatuurlijkPersoon.With("klantnummer", $"{10000000 + i * 3}"));
        await ShouldAllBeUnique(await AtOnce(Shuffled(numbered.Concat(claims)), Api, other));
    }

    /// <summary>Every request got its klant, but for those whose own number was taken; and the list holds just these klanten.</summary>
    private async Task ShouldAllBeUnique((JsonObject Body, Answer Answer)[] requests)
    {
        var answers = requests.Select(r => r.Answer).ToArray();
        Assert.All(requests.Where(r => !r.Body.ContainsKey("klantnummer")), r => r.Answer.ShouldBe(201));
        Assert.All(answers.Where(a => a.Status != 201), a => a.ShouldBeInvalid(("nonFieldErrors", "unique")));
        var created = answers.Where(a => a.Status == 201).Select(a => a.ShouldBe(201).Body).ToArray();
        var numbers = created.Select(k => k.Text("klantnummer")).ToArray();
        Assert.All(numbers, n => Assert.Matches("^1[0-9]{7}$", n));
        Assert.Equal(numbers.Length, numbers.Distinct().Count());

        var listed = new List<string>();
        for (var page = $"{Api.Base}/klanten?bronorganisatie={Rsin}"; page is not null;)
        {
            var answer = (await Consumer.Get(page)).ShouldBe(200);
            Assert.Equal(created.Length, answer.Body["count"]!.GetValue<int>());
            listed.AddRange(answer.Klantnummers);
            page = answer.Body.At("next")?.GetValue<string>();
        }
        Assert.Equal(numbers.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static Task<(JsonObject Body, Answer Answer)[]> AtOnce(IEnumerable<JsonObject> bodies, params KlantenApi[] instances) =>
        Task.WhenAll(bodies.Select((body, i) => Task.Run(
            async () => (body, await instances[i % instances.Length].As(Applications.Alles).Post(body)))));

    private static JsonObject[] Shuffled(IEnumerable<JsonObject> bodies)
    {
        var shuffled = bodies.ToArray();
        new Random(1).Shuffle(shuffled);
        return shuffled;
    }
}
