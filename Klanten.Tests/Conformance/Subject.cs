using System.Text.Json.Nodes;
using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>kla-002: a subject that is sent is fetched, and unless that ends in HTTP 200 the answer is 400.</summary>
public abstract class Subject(KlantenApi api) : Chapter(api)
{
    private JsonObject With(string subject) => Klant(Rsin).With("subjectType", NatuurlijkPersoonType).With("subject", subject);

    [Theory]
    [InlineData("200")]
    [InlineData("text")]
    [InlineData("hops-1")]
    [InlineData("hops-5")]
    public async Task A_subject_that_answers_200_in_the_end_is_kept(string kind)
    {
        var subject = Subjects.Answering(kind);
        var klant = await Consumer.Created(With(subject));
        Assert.Equal(subject, klant.Text("subject"));
        (await Read(klant)).ShouldEqual(klant);
    }

    [Theory]
    [InlineData("201")]
    [InlineData("202")]
    [InlineData("203")]
    [InlineData("204")]
    [InlineData("206")]
    [InlineData("300")]
    [InlineData("302")]
    [InlineData("304")]
    [InlineData("400")]
    [InlineData("401")]
    [InlineData("403")]
    [InlineData("404")]
    [InlineData("405")]
    [InlineData("410")]
    [InlineData("429")]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("loop")]
    public async Task A_subject_that_ends_in_anything_else_is_refused(string kind) =>
        (await Consumer.Post(With(Subjects.Answering(kind)))).ShouldBeInvalid(("subject", "bad-url"));

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_followed_to_where_it_ends(int status)
    {
        (await Consumer.Post(With(Subjects.RedirectingTo(Subjects.Found(), status)))).ShouldBe(201);
        (await Consumer.Post(With(Subjects.RedirectingTo("/subject/200/relatief", status)))).ShouldBe(201);
        (await Consumer.Post(With(Subjects.RedirectingTo(Subjects.Answering("404"), status)))).ShouldBeInvalid(("subject", "bad-url"));
        (await Consumer.Post(With(Subjects.RedirectingTo(Subjects.Unreachable, status)))).ShouldBeInvalid(("subject", "bad-url"));
    }

    [Fact]
    public async Task A_subject_that_cannot_be_reached_is_refused() =>
        (await Consumer.Post(With(Subjects.Unreachable))).ShouldBeInvalid(("subject", "bad-url"));

    [Theory]
    [InlineData("http://bestaat.niet.invalid/x")]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("ftps://127.0.0.1/x")]
    public async Task A_subject_that_cannot_be_fetched_is_refused(string subject) =>
        (await Consumer.Post(With(subject))).ShouldBeInvalid(("subject", "bad-url"));

    [Theory]
    [InlineData("'x'")]
    [InlineData("'example.com'")]
    [InlineData("'//example.com/x'")]
    [InlineData("'file:///etc/passwd'")]
    [InlineData("'urn:uuid:3fa85f64-5717-4562-b3fc-2c963f66afa6'")]
    [InlineData("5")]
    public async Task What_is_no_url_is_refused_twice(string json) =>
        (await Consumer.Post(With("").With("subject", Json.Of(json)))).ShouldBeInvalid(("subject", "bad-url"), ("subject", "invalid"));

    [Fact]
    public async Task A_subject_has_at_most_1000_characters()
    {
        var subject = Subjects.Found().PadRight(1000, 'x');
        (await Consumer.Post(With(subject))).ShouldBe(201);
        (await Consumer.Post(With(Subjects.Found().PadRight(1001, 'x')))).ShouldBeInvalid(("subject", "max_length"));
        (await Consumer.Post(With(Subjects.Answering("404").PadRight(1001, 'x'))))
            .ShouldBeInvalid(("subject", "bad-url"), ("subject", "max_length"));
        (await Consumer.Post(With(new string('x', 1001))))
            .ShouldBeInvalid(("subject", "bad-url"), ("subject", "invalid"), ("subject", "max_length"));
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("true", "invalid")]
    [InlineData("[]", "invalid")]
    [InlineData("{}", "invalid")]
    public async Task A_subject_is_a_text(string json, string code) =>
        (await Consumer.Post(NatuurlijkPersoon.With("subject", Json.Of(json)))).ShouldBeInvalid(("subject", code));

    [Fact]
    public async Task A_subject_is_trimmed_before_it_is_fetched()
    {
        var subject = Subjects.Found();
        Assert.Equal(subject, (await Consumer.Created(With($" \t{subject}\n "))).Text("subject"));
        Assert.Single(Subjects.FetchesOf(subject));
    }

    [Fact]
    public async Task A_subject_may_have_a_query_and_a_fragment()
    {
        var subject = Subjects.Found() + "?a=b&c=é#deel";
        Assert.Equal(subject, (await Consumer.Created(With(subject))).Text("subject"));
    }

    [Fact]
    public async Task A_subject_is_fetched_by_a_plain_GET_without_the_token_of_the_consumer()
    {
        var subject = Subjects.Found();
        await Consumer.Created(With(subject));
        Assert.Equal(("GET", null), Subjects.FetchesOf(subject).Select(f => (f.Method, f["Authorization"])).Single());
    }

    [Fact]
    public async Task A_subject_is_fetched_though_other_fields_are_in_error()
    {
        var subject = Subjects.Answering("404");
        (await Consumer.Post(With(subject).With("emailadres", "x"))).ShouldBeInvalid(("emailadres", "invalid"), ("subject", "bad-url"));
        Assert.Single(Subjects.FetchesOf(subject));
    }

    [Fact]
    public async Task The_error_of_a_bad_subject_comes_between_adres_and_subjectType() =>
        (await Consumer.Post(With(Subjects.Answering("404")).With("adres.landcode", "12345").With("subjectType", "foo")))
            .ShouldBeInvalid(("adres.landcode", "max_length"), ("subject", "bad-url"), ("subjectType", "invalid_choice"));

    [Fact]
    public async Task An_identification_does_not_make_up_for_a_bad_subject() =>
        (await Consumer.Post(NatuurlijkPersoon.With("subject", Subjects.Answering("404")))).ShouldBeInvalid(("subject", "bad-url"));

    [Fact]
    public async Task An_empty_subject_beside_an_identification_is_no_subject() =>
        Assert.Equal("", (await AKlant(("subject", ""))).Text("subject"));

    [Theory]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("0.0.0.0")]
    public async Task A_host_inside_the_network_is_refused_unless_the_configuration_allows_it(string host)
    {
        var inside = $"http://{host}:{Subjects.Port}/subject/200/{Guid.NewGuid()}";
        (await Consumer.Post(With(inside))).ShouldBeInvalid(("subject", "bad-url"));
        (await Consumer.Post(With(Subjects.RedirectingTo(inside)))).ShouldBeInvalid(("subject", "bad-url"));
        Assert.Empty(Subjects.FetchesOf(inside.Replace(host, SubjectApi.Host, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_subject_that_never_answers_is_refused_in_the_end()
    {
        await using var impatient = await Api.ElsewhereAsync(("Klanten:Subject:Timeout", "00:00:00.2"));
        (await impatient.As(Applications.Alles).Post(With(Subjects.Answering("never")))).ShouldBeInvalid(("subject", "bad-url"));
    }

    [Fact]
    public async Task A_subject_that_replaces_another_is_fetched()
    {
        var klant = await Consumer.Created(With(Subjects.Found()));
        var (good, bad) = (Subjects.Found(), Subjects.Answering("404"));
        Assert.Equal(
            good, (await Consumer.Patch(klant.Text("url"), new JsonObject { ["subject"] = good })).ShouldBe(200).Body.Text("subject"));
        (await Consumer.Patch(klant.Text("url"), new JsonObject { ["subject"] = bad })).ShouldBeInvalid(("subject", "bad-url"));
        (await Consumer.Put(klant.Text("url"), With(bad))).ShouldBeInvalid(("subject", "bad-url"));
        Assert.Equal(good, (await Consumer.Put(klant.Text("url"), With(good))).ShouldBe(200).Body.Text("subject"));
        Assert.Equal((1, 2), (Subjects.FetchesOf(good).Count, Subjects.FetchesOf(bad).Count));
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    public async Task A_subject_that_stays_the_same_is_not_fetched_again(string method)
    {
        var subject = Subjects.Found();
        var klant = await Consumer.Created(With(subject));
        (await Consumer.SendJson(method, klant.Text("url"), With(subject))).ShouldBe(200).Body.ShouldEqual(klant);
        (await Consumer.SendJson(method, klant.Text("url"), With($" {subject}\t"))).ShouldBe(200).Body.ShouldEqual(klant);
        Assert.Single(Subjects.FetchesOf(subject));
        (await Consumer.SendJson(method, klant.Text("url"), With($"{subject}/"))).ShouldBe(200);
        Assert.Single(Subjects.FetchesOf($"{subject}/"));
    }

    [Fact]
    public async Task A_subject_that_is_not_sent_is_not_fetched()
    {
        var subject = Subjects.Found();
        var klant = await Consumer.Created(With(subject));
        Assert.Equal(subject, (await Consumer.Patch(klant.Text("url"), Json.Of("{'achternaam':'x'}"))).ShouldBe(200).Body.Text("subject"));
        Assert.Equal(subject, (await Consumer.Put(klant.Text("url"), With("").Without("subject"))).ShouldBe(200).Body.Text("subject"));
        Assert.Single(Subjects.FetchesOf(subject));
    }

    [Fact]
    public async Task A_subject_beside_an_identification_can_be_taken_away()
    {
        var klant = await AKlant(("subject", Subjects.Found()));
        Assert.Equal("", (await Consumer.Put(klant.Text("url"), klant.With("subject", ""))).ShouldBe(200).Body.Text("subject"));
        Assert.Equal("", (await Read(klant)).Text("subject"));
    }

    /// <remarks>The reference checks the klantnummer first.</remarks>
    [Fact]
    public async Task Of_a_klant_without_a_subject_a_klantnummer_that_is_taken_is_told_instead()
    {
        var subject = Subjects.Found();
        var other = await Consumer.Created(With(subject));
        var klant = await Consumer.Created(With(subject));
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'subject':''}"))).ShouldBe(200);
        var taken = new JsonObject { ["klantnummer"] = other.Text("klantnummer"), ["bronorganisatie"] = other.Text("bronorganisatie") };
        (await Consumer.Patch(klant.Text("url"), taken)).ShouldBeInvalid(("nonFieldErrors", "unique"));
    }

    [Fact]
    public async Task After_its_only_subject_was_removed_a_klant_needs_an_identification()
    {
        var klant = await Consumer.Created(With(Subjects.Found()));
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'subject':''}"))).ShouldBe(200);
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'achternaam':'x'}"))).ShouldBeInvalid(("nonFieldErrors", "invalid-subject"));
        (await Consumer.Put(klant.Text("url"), With(""))).ShouldBeInvalid(("nonFieldErrors", "invalid-subject"));
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'subjectIdentificatie':{'inpBsn':''}}"))).ShouldBe(200);
    }
}
