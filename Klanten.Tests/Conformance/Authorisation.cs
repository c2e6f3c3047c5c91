using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>Which scope allows which operation.</summary>
public abstract class Authorisation(KlantenApi api) : Chapter(api)
{
    private static readonly string[] Operations =
    [
        "klant_list", "HEAD klant_list", "klant_create", "klant_read", "HEAD klant_read", "klant_update", "klant_partial_update",
        "klant_delete",
        "audittrail_list", "HEAD audittrail_list", "audittrail_read", "HEAD audittrail_read",
    ];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["alles"] = Operations,
        ["super"] = Operations,
        ["lezen"] = ["klant_list", "HEAD klant_list", "klant_read", "HEAD klant_read"],
        ["aanmaken"] = ["klant_create"],
        ["bijwerken"] = ["klant_update", "klant_partial_update"],
        ["verwijderen"] = ["klant_delete"],
        ["audittrails"] = ["audittrail_list", "HEAD audittrail_list", "audittrail_read", "HEAD audittrail_read"],
        ["ander-component"] = [],
        ["elders"] = [],
    };

    public static TheoryData<string, string> AllowedRows => [.. Allowed.SelectMany(a => a.Value, (a, operation) => (a.Key, operation))];

    public static TheoryData<string, string> RefusedRows =>
        [.. Allowed.SelectMany(a => Operations.Except(a.Value), (a, operation) => (a.Key, operation))];

    [Theory]
    [MemberData(nameof(AllowedRows))]
    public async Task An_application_may_do_what_its_scopes_say(string applicatie, string operation)
    {
        var answer = await Do(operation, Api.As(Applications.Named(applicatie)));
        answer.ShouldBe(operation switch { "klant_create" => 201, "klant_delete" => 204, _ => 200 });
    }

    [Theory]
    [MemberData(nameof(RefusedRows))]
    public async Task An_application_may_do_nothing_else(string applicatie, string operation)
    {
        var answer = await Do(operation, Api.As(Applications.Named(applicatie)));
        if (answer.Method == "HEAD") answer.ShouldBe(403);
        else answer.ShouldBeProblem(403, "permission_denied");
    }

    public static TheoryData<string> AllOperations => [.. Operations];

    [Theory]
    [MemberData(nameof(AllOperations))]
    public async Task Without_a_token_every_operation_is_refused(string operation) =>
        (await Do(operation, Api.Showing(null))).ShouldBe(403);

    [Theory]
    [InlineData("klant_update")]
    [InlineData("klant_partial_update")]
    [InlineData("klant_delete")]
    public async Task What_was_refused_did_not_happen(string operation)
    {
        var klant = await AKlant();
        (await Do(operation, Api.As(Applications.Lezen), klant.Text("url"))).ShouldBe(403);
        (await Read(klant)).ShouldEqual(klant);
        Assert.Single(await AuditTrail(klant));
    }

    private async Task<Answer> Do(string operation, Consumer consumer, string? url = null)
    {
        url ??= (await AKlant()).Text("url");
        var regel = $"{url}/audittrail/{(await Consumer.Get($"{url}/audittrail")).ShouldBe(200).Json![0]!.Text("uuid")}";
        return await (operation switch
        {
            "klant_list" => consumer.Get("/klanten"),
            "HEAD klant_list" => consumer.Head("/klanten"),
            "klant_create" => consumer.Post(NatuurlijkPersoon),
            "klant_read" => consumer.Get(url),
            "HEAD klant_read" => consumer.Head(url),
            "klant_update" => consumer.Put(url, NatuurlijkPersoon.With("achternaam", "x")),
            "klant_partial_update" => consumer.Patch(url, Json.Of("{'achternaam':'x'}")),
            "klant_delete" => consumer.Delete(url),
            "audittrail_list" => consumer.Get($"{url}/audittrail"),
            "HEAD audittrail_list" => consumer.Head($"{url}/audittrail"),
            "audittrail_read" => consumer.Get(regel),
            "HEAD audittrail_read" => consumer.Head(regel),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
        });
    }
}
