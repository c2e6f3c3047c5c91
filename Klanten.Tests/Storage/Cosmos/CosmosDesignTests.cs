using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Cosmos;
using Klanten.Functions.Storage.Cosmos.Documents;
using Klanten.Functions.Storage.Cosmos.Requests;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Options;
using Moq;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>The container, the queries and the client, as far as they can be tested without a server.</summary>
public sealed partial class CosmosDesignTests
{
    private static readonly KlantFilter EveryFilter = new([.. FilterFields.All.Select(field => (field, $"secret of {field.Parameter}"))]);

    private static readonly QueryDefinition[] Queries =
    [
        CosmosQueries.Page(EveryFilter, 100), CosmosQueries.Count(EveryFilter), CosmosQueries.Matches(EveryFilter),
        CosmosQueries.Counters(), CosmosQueries.CountersOf("1"), CosmosQueries.Moves(),
        CosmosQueries.Holder("1", "1"), CosmosQueries.ById(KlantId.New("")), CosmosQueries.KlantAndTrail("1", KlantId.New("")),
        CosmosQueries.KlantAndEntry("1", KlantId.New(""), Guid.Empty), CosmosQueries.Trail("1", KlantId.New("")),
        CosmosQueries.TrailIds("1", KlantId.New(""), 1), CosmosQueries.Entries("1", KlantId.New(""), 1, 2),
        CosmosQueries.Klanten(EveryFilter, new[] { KlantId.New("") }),
        CosmosQueries.Due("1", "now", "later"), CosmosQueries.Due(null, "now", "later"),
        CosmosQueries.OlderNotification("1", KlantId.New(""), 2), CosmosQueries.OlderNotification(null, KlantId.New(""), 2),
        CosmosQueries.WaitingAfter("now", 1), CosmosQueries.Parked(1), CosmosQueries.OldestNotifications(1),
        CosmosQueries.KlantnummersFrom("1", "1"), CosmosQueries.OutboxSample("1", 1), CosmosQueries.OldestWaiting(),
    ];

    [Fact]
    public void Each_filter_has_a_path() =>
        Assert.Equal(FilterFields.All, ContainerDefinition.FilterPaths.Select(f => f.Field));

    [Fact]
    public void The_values_that_filters_compare_are_those_that_the_klant_has()
    {
        var klant = StoreData.Klant("123456782") with { Functie = "", Adres = null };
        var values = JsonNode.Parse(KlantDocument.FilterValuesOf(klant).Span)!.AsObject();
        Assert.Equal(klant.Achternaam, (string?)values["achternaam"]);
        Assert.Equal("123456782", (string?)values["inpBsn"]);
        Assert.All(["functie", "postcode", "vestigingsNummer", "bronorganisatie"], name => Assert.False(values.ContainsKey(name)));
    }

    [Fact]
    public void A_query_in_one_partition_has_the_partition_as_a_condition()
    {
        var scoped = Queries.Where(query => query.GetQueryParameters().Any(parameter => parameter.Name == "@bronorganisatie")).ToList();
        Assert.Equal(10, scoped.Count);
        const string Condition = " WHERE c.bronorganisatie = @bronorganisatie AND ";
        Assert.All(scoped, query => Assert.Contains(Condition, query.QueryText, StringComparison.Ordinal));
    }

    [Fact]
    public void A_look_up_by_key_asks_for_no_order() =>
        Assert.DoesNotContain("ORDER BY", CosmosQueries.Matches(EveryFilter).QueryText, StringComparison.Ordinal);

    [Fact]
    public void Each_path_that_a_query_filters_or_sorts_on_is_indexed_and_no_other()
    {
        var used = Queries
            .Select(query => query.QueryText[query.QueryText.IndexOf(" FROM c", StringComparison.Ordinal)..])
            .SelectMany(condition => Path().Matches(condition))
            .Select(match => match.Groups[1].Value.Replace('.', '/') + "/?")
            .Where(path => path != "/id/?")
            .Select(path => path.StartsWith("/filters/", StringComparison.Ordinal) ? "/filters/*" : path)
            .Distinct();
        Assert.Equal(used.Order(), ContainerDefinition.IndexedPaths.Order());
        var policy = ContainerDefinition.Properties("klanten").IndexingPolicy;
        Assert.Equal(ContainerDefinition.IndexedPaths, policy.IncludedPaths.Select(path => path.Path));
        Assert.Equal("/*", Assert.Single(policy.ExcludedPaths).Path);
    }

    [Fact]
    public void A_value_is_a_parameter_and_never_part_of_the_text_of_a_query()
    {
        foreach (var query in Queries)
        {
            Assert.DoesNotContain("secret", query.QueryText, StringComparison.Ordinal);
            var used = Parameter().Matches(query.QueryText).Select(match => match.Value).Distinct();
            Assert.Equal(used.Order(), query.GetQueryParameters().Select(parameter => parameter.Name).Order());
        }
    }

    [Fact]
    public void Klantnummers_are_unique_within_a_bronorganisatie()
    {
        var container = ContainerDefinition.Properties("klanten");
        Assert.Equal("/bronorganisatie", container.PartitionKeyPath);
        Assert.Equal(["/klantnummer"], Assert.Single(container.UniqueKeyPolicy.UniqueKeys).Paths);
    }

    [Fact]
    public void A_document_that_is_not_a_klant_has_a_klantnummer_that_no_consumer_can_choose()
    {
        const string Partition = "123456782";
        var id = KlantId.New("");
        var entry = StoreData.Creation(StoreData.Klant(Partition), id, default).AuditEntry!;
        var notificatie = new Notificatie(id, "", Actie.Create, default, null);
        ReadOnlyMemory<byte>[] documents =
        [
            new Counters(Partition, 0).ToJson(),
            new KlantnummerCounter(Partition, 1).ToJson(),
            new Forward { Id = id, Bronorganisatie = Partition, Commit = Guid.NewGuid() }.ToJson(),
            AuditDocument.Create(Partition, id, 1, null, entry).ToJson(),
            OutboxDocument.Create(notificatie, Partition, Guid.NewGuid(), 1, hasMoved: false).ToJson(),
        ];
        Assert.All(documents, document => Assert.InRange(JsonSlices.GetString(document, "klantnummer"u8)!.Length, 9, 255));
    }

    [Fact]
    public void The_client_uses_direct_mode_and_asks_for_no_content_in_answers_to_writes()
    {
        var client = CosmosClients.ClientOptions(new() { Endpoint = "https://x.example" });
        Assert.Equal(ConnectionMode.Direct, client.ConnectionMode);
        Assert.False(client.EnableContentResponseOnWrite);
        Assert.Equal("Klanten", client.ApplicationName);
    }

    [Fact]
    public void No_read_is_hedged_because_the_region_that_answers_first_may_lag() =>
        Assert.Null(CosmosClients.ClientOptions(new() { Endpoint = "https://x.example" }).AvailabilityStrategy);

    [Fact]
    public void In_gateway_mode_the_client_uses_the_given_address_only()
    {
        var client = CosmosClients.ClientOptions(new() { Gateway = true });
        Assert.Equal(ConnectionMode.Gateway, client.ConnectionMode);
        Assert.True(client.LimitToEndpoint);
    }

    [Theory]
    [InlineData(null, null, "Endpoint of Klanten:Cosmos:ConnectionString")]
    [InlineData("https://x.example", "AccountEndpoint=https://x.example;AccountKey=eA==;", "niet allebei")]
    [InlineData("x.example", null, "Klanten:Cosmos:Endpoint moet een absolute http")]
    [InlineData(null, "AccountEndpoint=https://x.example", "AccountKey")]
    [InlineData(null, "zomaar", "AccountKey")]
    public void A_mistake_in_the_configuration_is_reported(string? endpoint, string? connectionString, string mistake)
    {
        var result = Validate(Opslag.Cosmos, new() { Endpoint = endpoint, ConnectionString = connectionString });
        Assert.Contains(mistake, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_missing_name_is_reported()
    {
        var result = Validate(Opslag.Cosmos, new() { Endpoint = "https://x.example", Database = "", Container = " " });
        Assert.Equal(2, result.Failures!.Count());
    }

    [Fact]
    public void A_valid_configuration_is_accepted() =>
        Assert.True(Validate(Opslag.Cosmos, new() { Endpoint = "https://x.example" }).Succeeded);

    [Fact]
    public void The_section_may_be_empty_when_another_store_is_configured() => Assert.True(Validate(Opslag.Sqlite, new()).Skipped);

    [Fact]
    public void A_version_of_another_store_is_refused() =>
        Assert.Throws<ArgumentException>(() => CosmosVersion.From(Mock.Of<StoreVersion>()));

    [Fact]
    public void A_lease_of_another_store_is_refused() =>
        Assert.Throws<ArgumentException>(() => CosmosLease.From(Mock.Of<OutboxLease>()));

    private static ValidateOptionsResult Validate(Opslag opslag, CosmosOptions options) =>
        new CosmosOptionsValidator(Options.Create(new StorageOptions { Opslag = opslag })).Validate(null, options);

    [GeneratedRegex(@"\bc((?:\.\w+)+)")]
    private static partial Regex Path();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}
